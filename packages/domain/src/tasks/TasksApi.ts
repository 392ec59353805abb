import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { UnsupportedMediaType } from "../http/RequestProblems.ts"
import { NewTask, Task, TaskId, TaskPatch } from "./Task.ts"
import { TaskPage, TaskQuery } from "./TaskPage.ts"
import { TaskChanged, TaskNotFound } from "./TaskProblems.ts"

const params = { id: TaskId }

const ifMatch = {
  "if-match": Schema.optionalKey(Schema.String.annotate({
    description: "Do it only if the task's `ETag` is among these (RFC 9110, 13.1.1); else 412 with the current state.",
    examples: ["\"3\""]
  }))
}

const TaskWithTag = HttpApiSchema.WithHeaders(Task, { etag: EntityTag })

/** The operations on the user's own tasks. Another user's task does not exist here. */
export class TasksApi extends HttpApiGroup.make("tasks")
  .add(
    HttpApiEndpoint.post("create", "/tasks", {
      payload: NewTask,
      success: HttpApiSchema.WithHeaders(Task.pipe(HttpApiSchema.status(201)), {
        location: Schema.String.annotate({ description: "The path of the new task." }),
        etag: EntityTag
      }),
      error: UnsupportedMediaType
    }).annotateMerge(OpenApi.annotations({
      summary: "Add a task",
      description: "Makes a task and gives it the user's next number."
    })),
    HttpApiEndpoint.get("list", "/tasks", {
      query: TaskQuery,
      success: TaskPage
    }).annotateMerge(OpenApi.annotations({
      summary: "List tasks",
      description: "A page of the user's tasks, newest first."
    })),
    HttpApiEndpoint.get("get", "/tasks/:id", {
      params,
      headers: {
        "if-none-match": Schema.optionalKey(Schema.String.annotate({
          description: "Answer 304 if the task's `ETag` is among these (RFC 9110, 13.1.2).",
          examples: ["\"3\""]
        }))
      },
      success: [
        TaskWithTag,
        HttpApiSchema.Empty(304).annotate({ description: "The task is still as `If-None-Match` says." })
      ],
      error: TaskNotFound
    }).annotateMerge(OpenApi.annotations({
      summary: "Get a task",
      description: "One task, with its version as `ETag`."
    })),
    HttpApiEndpoint.patch("update", "/tasks/:id", {
      params,
      headers: ifMatch,
      payload: [
        TaskPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
        TaskPatch
      ],
      success: TaskWithTag,
      error: [TaskNotFound, TaskChanged, UnsupportedMediaType]
    }).annotateMerge(OpenApi.annotations({
      summary: "Change a task",
      description:
        "Applies a merge-patch (RFC 7396). `completed: true` sets `completedAt` once; a patch that changes nothing makes no new version."
    })),
    HttpApiEndpoint.delete("remove", "/tasks/:id", {
      params,
      headers: ifMatch,
      success: HttpApiSchema.NoContent,
      error: [TaskNotFound, TaskChanged]
    }).annotateMerge(OpenApi.annotations({
      summary: "Delete a task",
      description: "Deletes the task for good. Its number is not used again."
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Tasks", description: "The signed-in user's tasks." }))
{}
