import type { Task, TaskId } from "@todo/domain/tasks/Task"
import type { TaskCursor, TaskPage } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"

/** The most that the service gives in one answer. */
const pageSize = 200

/**
 * The user's tasks, newest first, page after page until there are no more or
 * `limit` of them. Fails where the service would never come to an end: it gives
 * a cursor twice, or one for more after nothing new.
 */
export const allTasks = Effect.fn("allTasks")(function*(
  { completed, limit = Infinity }: { readonly completed?: boolean | undefined; readonly limit?: number | undefined }
) {
  const { apiUrl } = yield* Settings
  const client = yield* (yield* ApiClient).tasks
  const filter = completed === undefined ? {} : { completed }
  const tasks = new Map<TaskId, Task>()
  const cursors = new Set<TaskCursor>()
  let cursor: TaskCursor | null = null
  do {
    const page: TaskPage = yield* client.list({
      query: {
        ...filter,
        limit: Math.min(pageSize, limit - tasks.size),
        ...(cursor === null ? {} : { cursor })
      }
    })
    const before = tasks.size
    for (const task of page.items) tasks.set(task.id, task)
    cursor = page.nextCursor
    if (cursor !== null && (cursors.has(cursor) || tasks.size === before)) return yield* endless(apiUrl)
    if (cursor !== null) cursors.add(cursor)
  } while (cursor !== null && tasks.size < limit)
  return [...tasks.values()]
})

const endless = (apiUrl: string): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "unexpected_answer",
    message: `${apiUrl} gives the same page of tasks again and again`,
    status: null,
    hints: ["Check the address in --api-url or TODO_API_URL, and that no proxy keeps its answers."]
  })
