import { Effect, Option } from "effect"
import { hashSecret, isSecret } from "../tokens/ScriptTokenSecret.ts"
import { TokensRepository } from "../tokens/TokensRepository.ts"
import { AuthRefusal } from "./AuthRefusal.ts"
import { BetterAuth } from "./BetterAuth.ts"

/** Makes a JWT with the scopes of the token that a secret belongs to. Its `sid` is the token's id: revoking ends both. */
export const makeTokenExchange = Effect.gen(function*() {
  const auth = yield* BetterAuth
  const tokens = yield* TokensRepository
  return Effect.fnUntraced(function*(secret: string) {
    const redeemed = isSecret(secret) ? yield* tokens.redeem(hashSecret(secret)) : Option.none()
    if (Option.isNone(redeemed)) return yield* refused
    const { scopes, tokenId, userId } = redeemed.value
    return yield* auth.mint({ sub: userId, sid: tokenId, scope: scopes.join(" ") })
  })
})

const refused = new AuthRefusal({
  status: 401,
  code: "INVALID_TOKEN",
  message: "The token is not valid, has ended or was revoked"
})
