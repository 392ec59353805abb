import type { Task, TaskId } from "@todo/domain/tasks/Task"
import type { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import type { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** Another task, and what it is to one. */
export interface Link {
  readonly label: string
  readonly task: Task
}

type Tasks = ApiClient["Service"]["tasks"]

/** So many are read at a time. */
const atOnce = 8

/** The task above one, those below it in their order, and those that it waits for. What is gone is left out. */
export const readLinks = Effect.fn("readLinks")(function*(tasks: Tasks, task: Task) {
  const read = (label: string) => (id: TaskId) =>
    tasks.get({ params: { id }, query: {}, headers: {} }).pipe(
      Effect.map((answer): ReadonlyArray<Link> => answer === undefined ? [] : [{ label, task: answer.body }]),
      Effect.catchTag("TaskNotFound", () => Effect.succeed([]))
    )
  const children = yield* allPages(
    "tasks",
    (page: PageQuery<TaskCursor>) =>
      Effect.map(tasks.list({ query: { parentId: task.id, ...page }, headers: {} }), listed)
  )
  const above = task.parentId === null ? [] : [task.parentId]
  const links = [
    ...yield* Effect.forEach(above, read("Below")),
    children.toSorted((one, other) => one.position < other.position ? -1 : 1).map((task) => ({
      label: "Subtask",
      task
    })),
    ...yield* Effect.forEach(task.blockedBy, read("Waits for"), { concurrency: atOnce })
  ]
  return links.flat()
})
