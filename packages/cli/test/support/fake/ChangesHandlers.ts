import { Api } from "@todo/domain/Api"
import { ChangeCursor } from "@todo/domain/changes/Change"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"

/** Shows what there is, and nothing that happens to it. */
export const ChangesHandlers = HttpApiBuilder.group(
  Api,
  "changes",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      list: Effect.fnUntraced(function*({ query: { cursor } }) {
        const tasks = cursor === undefined ? state.tasksOf((yield* CurrentUser).id) : []
        return {
          items: tasks.map((value) => ({ noun: "task" as const, id: value.id, operationId: null, at: null, value })),
          cursor: ChangeCursor.make("now"),
          more: false
        }
      }),
      follow: () => Effect.succeed("")
    })
  })
)
