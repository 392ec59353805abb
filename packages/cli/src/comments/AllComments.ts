import type { CommentCursor } from "@todo/domain/comments/CommentPage"
import type { TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** What is said about a task, the oldest first. */
export const allComments = Effect.fn("allComments")(function*(id: TaskId) {
  const { comments } = yield* ApiClient
  const newestFirst = yield* allPages(
    "comments",
    (page: PageQuery<CommentCursor>) => Effect.map(comments.list({ params: { id }, query: page, headers: {} }), listed)
  )
  return newestFirst.toReversed()
})
