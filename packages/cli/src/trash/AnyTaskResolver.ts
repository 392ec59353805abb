import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"
import { makeResolver } from "../refs/Resolver.ts"
import type { Settings } from "../Settings.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { allTrash } from "./AllTrash.ts"

/**
 * Makes a function that finds the one task a reference names, in the trash or not; see `makeResolver`. `lister` is the
 * command that lists those that are meant.
 */
export const makeAnyTaskResolver = Effect.fn("makeAnyTaskResolver")(function*(lister: string) {
  const { tasks, trash } = yield* ApiClient
  const trashed = yield* Effect.cached(allTrash())
  return yield* makeResolver<Task, ApiClient | Settings>({
    word: "task",
    lister,
    label: ({ number }) => String(number),
    all: Effect.zipWith(allTasks({}), trashed, (living, deleted) => [...living, ...deleted]),
    byNumber: Effect.fnUntraced(function*(number) {
      const [living] = listed(yield* tasks.list({ query: { number }, headers: {} })).items
      return living ?? (yield* trashed).find((task) => task.number === number)
    }),
    byId: (id) => {
      const options = { params: { id: TaskId.make(id) }, query: {}, headers: {} }
      return tasks.get(options).pipe(
        Effect.catchTag("TaskNotFound", () => trash.get(options)),
        Effect.map((answer) => answer?.body)
      )
    }
  })
})
