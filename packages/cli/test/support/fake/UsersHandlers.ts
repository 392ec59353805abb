import { Api } from "@todo/domain/Api"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { DateTime, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"

export const UsersHandlers = HttpApiBuilder.group(
  Api,
  "users",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      me: Effect.fnUntraced(function*() {
        const { id } = yield* CurrentUser
        const { email, emailVerified, name } = [...state.accounts.values()].find((account) => account.id === id)!
        return { id, name, email, emailVerified, createdAt: DateTime.makeUnsafe("2026-01-02T03:04:05Z") }
      })
    })
  })
)
