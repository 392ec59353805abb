import type { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"

/** The user's tasks, newest first, all or at most `limit` of them. */
export const allTasks = Effect.fn("allTasks")(function*(
  { completed, limit }: { readonly completed?: boolean | undefined; readonly limit?: number | undefined }
) {
  const tasks = yield* (yield* ApiClient).tasks
  const filter = completed === undefined ? {} : { completed }
  return yield* allPages("tasks", (page: PageQuery<TaskCursor>) => tasks.list({ query: { ...filter, ...page } }), limit)
})
