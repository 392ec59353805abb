import { Api } from "@todo/domain/Api"
import { type MadeScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import { Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import { HttpApiBuilder } from "effect/http-api"
import { hashSecret, makeSecret } from "./ScriptTokenSecret.ts"
import { TokensRepository } from "./TokensRepository.ts"

/** Serves the contract's `tokens`. */
export const TokensHandlers = HttpApiBuilder.group(
  Api,
  "tokens",
  Effect.fn(function*(handlers) {
    const tokens = yield* TokensRepository
    const random = yield* SecureRandom.SecureRandom
    return handlers.handleAll({
      create: ({ payload }) =>
        Effect.gen(function*() {
          const secret = makeSecret()
          const id = ScriptTokenId.make(yield* random.uuidV7())
          const made: MadeScriptToken = { ...yield* tokens.insert(id, payload, hashSecret(secret)), secret }
          return made
        }),
      list: () => Effect.map(tokens.list, (items) => ({ items })),
      revoke: ({ params }) =>
        Effect.filterOrFail(
          tokens.revoke(params.id),
          (revoked) => revoked,
          () => new TokenNotFound({ detail: "You have no token with this id" })
        ).pipe(Effect.asVoid)
    })
  })
).pipe(Layer.provide(SecureRandom.layerWebCrypto))
