import { problemType } from "@todo/domain/http/Problem"
import { Effect, Option } from "effect"
import { HttpServerRespondable, HttpServerResponse, ProblemDetails } from "effect/http"
import { BetterAuth } from "../auth/BetterAuth.ts"
import { hashSecret, isSecret } from "./ScriptTokenSecret.ts"
import { TokensRepository } from "./TokensRepository.ts"

/** Answers a JWT with the scopes of the token that a secret belongs to. Its `sid` is the token's id: revoking ends both. */
export const makeTokenExchange = Effect.gen(function*() {
  const auth = yield* BetterAuth
  const tokens = yield* TokensRepository
  return (secret: string) =>
    Effect.gen(function*() {
      const redeemed = isSecret(secret) ? yield* tokens.redeem(hashSecret(secret)) : Option.none()
      if (Option.isNone(redeemed)) return refused
      const { scopes, tokenId, userId } = redeemed.value
      const token = yield* auth.mint({ sub: userId, sid: tokenId, scope: scopes.join(" ") })
      return HttpServerResponse.jsonUnsafe({ token })
    }).pipe(Effect.catch(HttpServerRespondable.toResponse))
})

const refused = ProblemDetails.toResponse({
  type: problemType("auth"),
  title: "Better Auth refused",
  status: 401,
  detail: "The token is not valid, has ended or was revoked",
  code: "INVALID_TOKEN",
  message: "The token is not valid, has ended or was revoked"
})
