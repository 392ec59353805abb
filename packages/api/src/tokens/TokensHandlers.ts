import { Api } from "@todo/domain/Api"
import { type MadeScriptToken, type NewScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import type { ScriptTokenPage, ScriptTokenQuery } from "@todo/domain/tokens/ScriptTokenPage"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect, Layer, Option, Redacted } from "effect"
import { SecureRandom } from "effect/crypto"
import { HttpApiBuilder } from "effect/http-api"
import { idempotent, RequestKey } from "../http/RequestKey.ts"
import * as Randomness from "../Randomness.ts"
import { Secret } from "../Secret.ts"
import { hashSecret, makeSecret, rederivableSecret } from "./ScriptTokenSecret.ts"
import { invalidTokenCursor, makeTokenCursor, readTokenCursor } from "./TokenCursor.ts"
import { TokensRepository } from "./TokensRepository.ts"

const defaultLimit = 50

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

    const list = Effect.fn("TokensHandlers.list")(function*({ cursor, limit = defaultLimit }: ScriptTokenQuery) {
      const { id: user } = yield* CurrentUser
      const before = cursor === undefined ? Option.none() : readTokenCursor(user, cursor)
      if (cursor !== undefined && Option.isNone(before)) return yield* invalidTokenCursor
      const found = yield* tokens.list(Option.getOrUndefined(before), limit + 1)
      const items = found.slice(0, limit)
      const page: ScriptTokenPage = {
        items,
        nextCursor: found.length > limit ? makeTokenCursor(user, items[limit - 1]!.id) : null
      }
      return page
    })

    return handlers.handleAll({
      create: idempotent(({ payload }) => create(payload)),
      list: (request) => list(request.query),
      revoke: idempotent(({ params }) => tokens.revoke(params.id))
    })
  })
).pipe(Layer.provide(Randomness.layer))
