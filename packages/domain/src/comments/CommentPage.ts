import { Schema } from "effect"
import { pageLimit } from "../http/IntegerParameter.ts"
import { Comment } from "./Comment.ts"

/** Where a page of comments ended: opaque, good for the same user and task only. */
export const CommentCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("CommentCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type CommentCursor = typeof CommentCursor.Type

/** How many comments to list (1 to 200, 50 when absent), and from where on. */
export const CommentQuery = Schema.Struct({
  limit: Schema.optionalKey(
    pageLimit("How many comments at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(CommentCursor)
})
export interface CommentQuery extends Schema.Schema.Type<typeof CommentQuery> {}

/** Some of the comments on a task, the newest first. */
export const CommentPage = Schema.Struct({
  items: Schema.Array(Comment).annotate({ description: "The newest first." }),
  nextCursor: Schema.NullOr(CommentCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "CommentPage", description: "Some of the comments on a task." })
export interface CommentPage extends Schema.Schema.Type<typeof CommentPage> {}
