import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { OperationPage, OperationQuery } from "../operations/Operation.ts"
import { operationId } from "../operations/OperationId.ts"
import { NewTask, Task, TaskId, TaskPatch } from "./Task.ts"
import { TaskPage, TaskQuery } from "./TaskPage.ts"
import { TaskChanged, TaskNotFound } from "./TaskProblems.ts"

const params = { id: TaskId }

/** The longest title and description fit: 20,500 characters of up to 12 bytes each, as JSON may escape them. */
const maxTaskBytes = 256 * 1024

const TaskWithTag = HttpApiSchema.WithHeaders(Task, { etag: EntityTag })

const WrittenTask = HttpApiSchema.WithHeaders(Task, { etag: EntityTag, ...operationId })

const location = Schema.String.annotate({
  description: "The path of the task.",
  examples: ["/api/v1/tasks/0198c0de-7a5c-7000-8000-0000000000a1"]
})

/** The operations on the user's own tasks. Another user's task does not exist here. */
export class TasksApi extends HttpApiGroup.make("tasks")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/tasks",
      write({
        payload: NewTask,
        success: [
          HttpApiSchema.WithHeaders(Task.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          HttpApiSchema.WithHeaders(Task, { location, etag: EntityTag })
        ],
        error: [LimitReached, IdTaken, Gone]
      })
    ).annotateMerge(operation({
      id: "createTask",
      scope: "tasks:write",
      bodyLimit: maxTaskBytes,
      summary: "Add a task",
      description:
        "Makes a task and gives it the user's next number. With an `id` of the client's own, the same request again answers the task as it is now.",
      responses: {
        200: "The task that an earlier request with this `id` made.",
        201: "The new task.",
        409:
          "The user has 100,000 tasks, or the `id` is another's, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/tasks", {
      query: TaskQuery,
      success: TaskPage
    }).annotateMerge(operation({
      id: "listTasks",
      scope: "tasks:read",
      summary: "List tasks",
      description:
        "A page of the user's tasks, newest first. For the next page, send `nextCursor` as `cursor`, with the same filter.",
      responses: { 200: "A page of tasks." }
    })),
    HttpApiEndpoint.get("get", "/tasks/:id", {
      params,
      headers: readPreconditions,
      success: [
        TaskWithTag,
        HttpApiSchema.Empty(304).annotate({ description: "The task is still as `If-None-Match` says." })
      ],
      error: [TaskNotFound, TaskChanged]
    }).annotateMerge(operation({
      id: "getTask",
      scope: "tasks:read",
      summary: "Get a task",
      description: "One task, with its version as `ETag`.",
      responses: { 200: "The task.", 304: "The task is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/tasks/:id",
      write({
        params,
        headers: writePreconditions,
        payload: [
          TaskPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          TaskPatch
        ],
        success: WrittenTask,
        error: [TaskNotFound, TaskChanged, Gone]
      })
    ).annotateMerge(operation({
      id: "updateTask",
      scope: "tasks:write",
      bodyLimit: maxTaskBytes,
      summary: "Change a task",
      description:
        "Applies a merge-patch (RFC 7396). `completed: true` sets `completedAt` once; a patch that changes nothing makes no new version.",
      responses: { 200: "The task as it is now." }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/tasks/:id",
      write({
        params,
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [TaskNotFound, TaskChanged, Gone]
      })
    ).annotateMerge(operation({
      id: "deleteTask",
      scope: "tasks:write",
      summary: "Delete a task",
      description: "Moves the task to the trash. Its number is not used again.",
      responses: { 204: "The task is in the trash." }
    })),
    HttpApiEndpoint.get("history", "/tasks/:id/history", {
      params,
      query: OperationQuery,
      success: OperationPage,
      error: TaskNotFound
    }).annotateMerge(operation({
      id: "listTaskHistory",
      scope: "tasks:read",
      summary: "List what was done with a task",
      description:
        "The operations on record that changed the task, newest first; also of a task that is in the trash, or gone.",
      responses: { 200: "A page of operations." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Tasks", description: "The signed-in user's tasks." }))
{}
