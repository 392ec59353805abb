import { Schema } from "effect"
import { entity, given, settable } from "../entity/Entity.ts"
import { Text } from "../http/Text.ts"
import { TaskId } from "../tasks/Task.ts"

/** The id of a comment: a UUID of version 7. */
export const CommentId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("CommentId")).annotate({
  identifier: "CommentId",
  description: "The comment's id, a UUID of version 7.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000e1" as never]
})
export type CommentId = typeof CommentId.Type

/** How many comments a task may have. */
export const mostCommentsOfTask = 1000
/** How many a user may have, on all tasks together. */
export const mostComments = 1_000_000

/** What is said: 1 to 20,000 characters, kept as they are. */
export const CommentText = Text.check(
  Schema.isBetweenCodePoints(1, 20_000, { message: "Expected a text of 1 to 20,000 characters" }),
  Schema.isPattern(/\S/u, { message: "Expected a text that can be seen" })
).annotate({
  description: "What is said, as plain text: 1 to 20,000 characters.",
  examples: ["They close at six"]
})

const chosen = CommentId.check(Schema.isUUID(7)).annotate({
  description:
    "The id of the new comment, a UUID of version 7, if the client chooses it, so that the request sent again makes no second one. Left out, the service makes one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000e1" as never]
})

const shapes = entity({ answer: CommentId, chosen }, {
  taskId: given(
    Schema.String.check(Schema.isUUID()).pipe(Schema.brand("TaskId")).annotate({
      description: "The task that it is on.",
      examples: ["0198c0de-7a5c-7000-8000-0000000000a1" as never]
    })
  ),
  text: settable(
    CommentText,
    Schema.String.annotate({ description: "What is said.", examples: ["They close at six"] })
  )
})

/** A comment on a task, as its owner sees it. */
export const Comment = shapes.answer.annotate({ identifier: "Comment", description: "What is said about a task." })
export interface Comment extends Schema.Schema.Type<typeof Comment> {}

/** A comment to make. */
export const NewComment = shapes.creation.annotate({
  identifier: "NewComment",
  description: "A comment to make.",
  examples: [{ text: "They close at six" }]
})
export interface NewComment extends Schema.Schema.Type<typeof NewComment> {}

/** A comment as it is stored when it is made: the task is that of the path. */
export const NewCommentOnTask = Schema.Struct({ ...shapes.creation.fields, taskId: TaskId }).annotate({
  description: "A comment to make, and the task that it is about."
})

/** A change of a comment, as a JSON merge-patch (RFC 7396). */
export const CommentPatch = shapes.patch.annotate({
  identifier: "CommentPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, {} changes nothing.",
  examples: [{ text: "They close at five" }]
})
export interface CommentPatch extends Schema.Schema.Type<typeof CommentPatch> {}
