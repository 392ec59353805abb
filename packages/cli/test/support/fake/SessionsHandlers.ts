import { Api } from "@todo/domain/Api"
import { SessionNotFound } from "@todo/domain/sessions/SessionsApi"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"
import { listed } from "./listed.ts"

export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      list: Effect.fnUntraced(function*() {
        const { id, sessionId } = yield* CurrentUser
        return listed({
          items: state.sessionsOf(id).map(({ account: _account, ...session }) => ({
            ...session,
            current: session.id === sessionId
          }))
        })
      }),
      end: Effect.fnUntraced(function*({ params: { id } }) {
        const user = yield* CurrentUser
        if (!state.sessionsOf(user.id).some((session) => session.id === id)) {
          return yield* new SessionNotFound({ detail: "There is no session of this id" })
        }
        state.endSession(id)
      }),
      endOthers: Effect.fnUntraced(function*() {
        const { id, sessionId } = yield* CurrentUser
        const others = state.sessionsOf(id).filter((session) => session.id !== sessionId)
        for (const other of others) state.endSession(other.id)
        return { ended: others.length }
      })
    })
  })
)
