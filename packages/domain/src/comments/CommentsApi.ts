import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { writePreconditions } from "../http/Preconditions.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { TaskId } from "../tasks/Task.ts"
import { TaskNotFound } from "../tasks/TaskProblems.ts"
import { Comment, CommentId, CommentPatch, NewComment } from "./Comment.ts"
import { CommentPage, CommentQuery } from "./CommentPage.ts"
import { CommentChanged, CommentNotFound } from "./CommentProblems.ts"

/** 20,000 characters of up to 12 bytes each, as JSON may escape them. */
const maxCommentBytes = 256 * 1024

const location = Schema.String.annotate({
  description: "The path by which the comment is changed and deleted.",
  examples: ["/api/v1/comments/0198c0de-7a5c-7000-8000-0000000000e1"]
})

/** What the user says about their tasks. Comments on a task in the trash do not exist. */
export class CommentsApi extends HttpApiGroup.make("comments")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/tasks/:id/comments",
      write({
        params: { id: TaskId },
        payload: NewComment,
        success: [
          HttpApiSchema.WithHeaders(Comment.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          HttpApiSchema.WithHeaders(Comment, { location, etag: EntityTag })
        ],
        error: [TaskNotFound, LimitReached, IdTaken, Gone]
      })
    ).annotateMerge(operation({
      id: "createComment",
      scope: "tasks:write",
      bodyLimit: maxCommentBytes,
      summary: "Comment on a task",
      description:
        "Makes a comment. With an `id` of the client's own, the same request again answers the comment as it is now.",
      responses: {
        200: "The comment that an earlier request with this `id` made.",
        201: "The new comment.",
        409:
          "The task has 1,000 comments, or the `id` is another's, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/tasks/:id/comments", {
      params: { id: TaskId },
      query: CommentQuery,
      ...tagged(CommentPage),
      error: TaskNotFound
    }).annotateMerge(operation({
      id: "listComments",
      scope: "tasks:read",
      summary: "List comments",
      description: "A page of the comments on a task, the newest first.",
      responses: { 200: "A page of comments.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/comments/:id",
      write({
        params: { id: CommentId },
        headers: writePreconditions,
        payload: [
          CommentPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          CommentPatch
        ],
        success: HttpApiSchema.WithHeaders(Comment, { etag: EntityTag, ...operationId }),
        error: [CommentNotFound, CommentChanged, Gone]
      })
    ).annotateMerge(operation({
      id: "updateComment",
      scope: "tasks:write",
      bodyLimit: maxCommentBytes,
      summary: "Change a comment",
      description: "Applies a merge-patch (RFC 7396).",
      responses: { 200: "The comment as it is now." }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/comments/:id",
      write({
        params: { id: CommentId },
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [CommentNotFound, CommentChanged, Gone]
      })
    ).annotateMerge(operation({
      id: "deleteComment",
      scope: "tasks:write",
      summary: "Delete a comment",
      description: "Deletes a comment. There is no trash of comments: undo brings it back.",
      responses: { 204: "The comment is gone." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(
    OpenApi.annotations({ title: "Comments", description: "What is said about the signed-in user's tasks." })
  )
{}
