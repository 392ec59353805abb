import type { Task } from "@todo/domain/tasks/Task"
import type { TaskCursor, TaskPage } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { ApiClient } from "./ApiClient.ts"

/** The most that the service gives in one answer. */
const pageSize = 200

/** The user's tasks, newest first, page after page until there are no more or `limit` of them. */
export const allTasks = Effect.fn("allTasks")(function*(
  { completed, limit = Infinity }: { readonly completed?: boolean | undefined; readonly limit?: number | undefined }
) {
  const client = yield* (yield* ApiClient).tasks
  const filter = completed === undefined ? {} : { completed }
  const tasks: Array<Task> = []
  let cursor: TaskCursor | null = null
  do {
    const page: TaskPage = yield* client.list({
      query: {
        ...filter,
        limit: Math.min(pageSize, limit - tasks.length),
        ...(cursor === null ? {} : { cursor })
      }
    })
    tasks.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && tasks.length < limit)
  return tasks
})
