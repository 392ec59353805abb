import { Api } from "@todo/domain/Api"
import { LimitReached } from "@todo/domain/http/LimitReached"
import { mostScriptTokens } from "@todo/domain/tokens/ScriptToken"
import { ScriptTokenCursor } from "@todo/domain/tokens/ScriptTokenPage"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { DateTime, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"
import { listed } from "./listed.ts"

export const TokensHandlers = HttpApiBuilder.group(
  Api,
  "tokens",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload: { expiresInDays, name, scopes } }) {
        const user = yield* CurrentUser
        const account = [...state.accounts.values()].find(({ id }) => id === user.id)!
        if (state.tokensOf(user.id).length >= mostScriptTokens) {
          return yield* new LimitReached({
            detail: "You have 50 tokens: revoke one first",
            limit: "tokens",
            max: mostScriptTokens
          })
        }
        const expiresAt = DateTime.add(yield* DateTime.now, { days: expiresInDays })
        const { account: _account, ...made } = state.addToken(account, { name, scopes, expiresAt })
        return made
      }),
      list: Effect.fnUntraced(function*({ query: { cursor = "0", limit = 50 } }) {
        const { id } = yield* CurrentUser
        const all = state.tokensOf(id).map(({ account: _account, secret: _secret, ...token }) => token)
        const end = Number(cursor) + limit
        return listed({
          items: all.slice(Number(cursor), end),
          nextCursor: end < all.length ? ScriptTokenCursor.make(String(end)) : null
        })
      }),
      revoke: Effect.fnUntraced(function*({ params }) {
        const token = state.tokensOf((yield* CurrentUser).id).find(({ id }) => id === params.id)
        if (token === undefined) return yield* new TokenNotFound({ detail: "There is no token of this id" })
        state.endToken(token)
      })
    })
  })
)
