import type { OperationCursor } from "@todo/domain/operations/Operation"
import type { TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** What was done, newest first, at most `limit` operations; of one task or of all. */
export const allOperations = Effect.fn("allOperations")(function*(limit: number, task?: TaskId) {
  const { operations, tasks } = yield* ApiClient
  return yield* allPages(
    "operations",
    (query: PageQuery<OperationCursor>) =>
      Effect.map(
        task === undefined
          ? operations.list({ query, headers: {} })
          : tasks.history({ params: { id: task }, query, headers: {} }),
        listed
      ),
    limit
  )
})
