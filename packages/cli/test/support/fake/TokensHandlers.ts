import { Api } from "@todo/domain/Api"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { DateTime, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"

export const TokensHandlers = HttpApiBuilder.group(
  Api,
  "tokens",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload: { expiresInDays, name, scopes } }) {
        const user = yield* CurrentUser
        const account = [...state.accounts.values()].find(({ id }) => id === user.id)!
        const expiresAt = DateTime.add(yield* DateTime.now, { days: expiresInDays })
        const { account: _account, ...made } = state.addToken(account, { name, scopes, expiresAt })
        return made
      }),
      list: Effect.fnUntraced(function*() {
        const { id } = yield* CurrentUser
        return { items: state.tokensOf(id).map(({ account: _account, secret: _secret, ...token }) => token) }
      }),
      revoke: Effect.fnUntraced(function*({ params }) {
        const token = state.tokensOf((yield* CurrentUser).id).find(({ id }) => id === params.id)
        if (token === undefined) return yield* new TokenNotFound({ detail: "There is no token of this id" })
        state.endToken(token)
      })
    })
  })
)
