import { Api } from "@todo/domain/Api"
import { entityTag } from "@todo/domain/http/EntityTag"
import type { TaskId } from "@todo/domain/tasks/Task"
import { TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { TrashCursor } from "@todo/domain/trash/TrashedTask"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { State } from "./FakeState.ts"
import { listed } from "./listed.ts"

export const TrashHandlers = HttpApiBuilder.group(
  Api,
  "trash",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    const find = Effect.fnUntraced(function*(id: TaskId) {
      const trash = state.trashOf((yield* CurrentUser).id)
      const index = trash.findIndex((task) => task.id === id)
      const task = trash[index]
      if (task === undefined) return yield* new TaskNotFound({ detail: "There is no task of this id" })
      return { index, task, trash }
    })

    return handlers.handleAll({
      list: Effect.fnUntraced(function*({ query: { cursor = "0", limit = 50 } }) {
        const trash = state.trashOf((yield* CurrentUser).id)
        const end = Number(cursor) + limit
        return listed({
          items: trash.slice(Number(cursor), end),
          nextCursor: end < trash.length ? TrashCursor.make(String(end)) : null
        })
      }),
      get: Effect.fnUntraced(function*({ params }) {
        const { task } = yield* find(params.id)
        return HttpApiSchema.withHeaders({ body: task, headers: { etag: entityTag(task.version) } })
      }),
      restore: Effect.fnUntraced(function*({ params }) {
        const { index, task: { trashedAt: _, ...task }, trash } = yield* find(params.id)
        trash.splice(index, 1)
        const restored = { ...task, version: task.version + 1 }
        state.tasksOf((yield* CurrentUser).id).push(restored)
        return HttpApiSchema.withHeaders({ body: restored, headers: { etag: entityTag(restored.version) } })
      }),
      empty: Effect.fnUntraced(function*() {
        const { length } = state.trashOf((yield* CurrentUser).id).splice(0)
        return HttpApiSchema.withHeaders({ body: { count: length }, headers: {} })
      })
    })
  })
)
