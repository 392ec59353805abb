import { Api } from "@todo/domain/Api"
import { type MadeScriptToken, type NewScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import { Effect, Layer, Redacted } from "effect"
import { SecureRandom } from "effect/crypto"
import { HttpApiBuilder } from "effect/http-api"
import { keyed, RequestKey } from "../http/RequestKey.ts"
import * as Randomness from "../Randomness.ts"
import { Secret } from "../Secret.ts"
import { hashSecret, makeSecret, rederivableSecret } from "./ScriptTokenSecret.ts"
import { TokensRepository } from "./TokensRepository.ts"

/** Serves the contract's `tokens`. */
export const TokensHandlers = HttpApiBuilder.group(
  Api,
  "tokens",
  Effect.fn(function*(handlers) {
    const tokens = yield* TokensRepository
    const random = yield* SecureRandom.SecureRandom
    const serviceSecret = Redacted.value(yield* Secret)

    const create = Effect.fn("TokensHandlers.create")(function*(token: NewScriptToken) {
      const request = yield* RequestKey
      const newSecret = makeSecret()
      // An answer that is sent again has the secret again, which is stored nowhere.
      const secretOf = (id: ScriptTokenId) =>
        request === undefined ? newSecret : rederivableSecret(serviceSecret, id, request.key)
      const id = ScriptTokenId.make(yield* random.uuidV7())
      const inserted = yield* tokens.insert(id, token, hashSecret(secretOf(id)))
      const made: MadeScriptToken = { ...inserted, secret: secretOf(inserted.id) }
      return made
    })

    return handlers.handleAll({
      create: (request) => keyed(request, create(request.payload)),
      list: () => Effect.map(tokens.list, (items) => ({ items })),
      revoke: (request) =>
        Effect.filterOrFail(
          keyed(request, tokens.revoke(request.params.id)),
          (revoked) => revoked,
          () => new TokenNotFound({ detail: "You have no token with this id" })
        ).pipe(Effect.asVoid)
    })
  })
).pipe(Layer.provide(Randomness.layer))
