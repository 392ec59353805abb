import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { timeZoneHeader, timeZoneParameter } from "../dates/AskingZone.ts"
import { dateProblems, PreconditionRequired, UnknownTimeZone } from "../dates/DateProblems.ts"
import { speechHeaders } from "../dates/SaidAt.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { maxMoveBytes } from "../entity/Moves.ts"
import { InvalidFilter } from "../filter/FilterProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged, taggedInZone } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { Cycle, ReferenceNotFound } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { OperationPage, OperationQuery } from "../operations/Operation.ts"
import { operationId } from "../operations/OperationId.ts"
import { ProjectArchived } from "../projects/ProjectProblems.ts"
import { TagParameter } from "../tags/TagName.ts"
import { ViewBroken, ViewNotFound } from "../views/ViewProblems.ts"
import { Blocked, OpenChildren } from "./CompletionProblems.ts"
import { ExternalIdParameter } from "./ExternalId.ts"
import { Move, MovedTasks } from "./Move.ts"
import { ExternalTask, NewTask, Task, TaskId, TaskPatch } from "./Task.ts"
import { TaskCount, TaskListing, TaskPage, TaskQuery, TaskSelection, TasksToChange, TasksToCount } from "./TaskPage.ts"
import { ExternalIdTaken, TaskChanged, TaskNotFound } from "./TaskProblems.ts"

const params = { id: TaskId }

/** The longest title and description fit: 20,500 characters of up to 12 bytes each, as JSON may escape them. */
const maxTaskBytes = 256 * 1024

/** A filter of 2,000 characters as a tree: each of its terms has a name or a text, and members around it. */
const maxListingBytes = 64 * 1024

const TaskWithTag = HttpApiSchema.WithHeaders(Task, { etag: EntityTag })

const WrittenTask = HttpApiSchema.WithHeaders(Task, { etag: EntityTag, ...operationId })

const location = Schema.String.annotate({
  description: "The path of the task.",
  examples: ["/api/v1/tasks/0198c0de-7a5c-7000-8000-0000000000a1"]
})

/** One tag of a task, whatever others it has. */
const tagging = write({
  params: { ...params, name: TagParameter },
  headers: writePreconditions,
  success: WrittenTask,
  error: [TaskNotFound, TaskChanged, ProjectArchived, LimitReached, Gone]
})

/** The operations on the user's own tasks. Another user's task does not exist here. */
export class TasksApi extends HttpApiGroup.make("tasks")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/tasks",
      write({
        headers: speechHeaders,
        payload: NewTask,
        success: [
          HttpApiSchema.WithHeaders(Task.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          HttpApiSchema.WithHeaders(Task, { location, etag: EntityTag })
        ],
        error: [
          LimitReached,
          IdTaken,
          ExternalIdTaken,
          ReferenceNotFound,
          Cycle,
          ProjectArchived,
          ...dateProblems,
          Gone
        ]
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
          "The user has 100,000 tasks, or the `id` or the `externalId` is another's, or there are more levels, blockers or tags than there may be, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/tasks", {
      query: TaskQuery,
      ...taggedInZone(TaskPage),
      error: [InvalidFilter, ViewNotFound, ViewBroken, UnknownTimeZone]
    }).annotateMerge(operation({
      id: "listTasks",
      scope: "tasks:read",
      summary: "List tasks",
      description:
        "A page of the user's tasks, newest first, or those of a filter in the order of `sort`. What is in an archived project is left out, unless the project, the task (`number`) or its parent (`parentId`) is named. For the next page, send `nextCursor` as `cursor`, with the same filter and order.",
      responses: { 200: "A page of tasks.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.post("query", "/tasks/query", {
      payload: TaskListing,
      ...taggedInZone(TaskPage),
      error: [InvalidFilter, ViewNotFound, ViewBroken, UnknownTimeZone]
    }).annotateMerge(operation({
      id: "queryTasks",
      scope: "tasks:read",
      bodyLimit: maxListingBytes,
      summary: "List tasks by a body",
      description:
        "The same as `GET /api/v1/tasks`, for filters that are trees, or too long for an address. It reads, and changes nothing.",
      responses: { 200: "A page of tasks.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.get("count", "/tasks/count", {
      query: TasksToCount,
      headers: timeZoneHeader,
      success: TaskCount,
      error: [InvalidFilter, ViewNotFound, ViewBroken, UnknownTimeZone]
    }).annotateMerge(operation({
      id: "countTasks",
      scope: "tasks:read",
      summary: "Count tasks",
      description: "How many tasks a list with these filters has, on all of its pages.",
      responses: { 200: "How many there are." }
    })),
    HttpApiEndpoint.get("get", "/tasks/:id", {
      params,
      query: timeZoneParameter,
      headers: { ...readPreconditions, ...timeZoneHeader },
      success: [
        TaskWithTag,
        HttpApiSchema.Empty(304).annotate({ description: "The task is still as `If-None-Match` says." })
      ],
      error: [TaskNotFound, TaskChanged, UnknownTimeZone]
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
        headers: { ...writePreconditions, ...speechHeaders },
        payload: [
          TaskPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          TaskPatch
        ],
        success: WrittenTask,
        error: [
          TaskNotFound,
          TaskChanged,
          ExternalIdTaken,
          ReferenceNotFound,
          Cycle,
          ProjectArchived,
          OpenChildren,
          Blocked,
          LimitReached,
          ...dateProblems,
          PreconditionRequired,
          Gone
        ]
      })
    ).annotateMerge(operation({
      id: "updateTask",
      scope: "tasks:write",
      bodyLimit: maxTaskBytes,
      summary: "Change a task",
      description:
        "Applies a merge-patch (RFC 7396), which goes inside `start`, `due` and `repeat`, too. `completed: true` sets `completedAt` once, and moves a task that repeats on to its next date; a patch that changes nothing makes no new version. `parentId` puts it last among what is below that task, in whose project it is then; `projectId` puts it last there, with what is below it, and out from below another.",
      responses: {
        200: "The task as it is now.",
        409:
          "`completed: true` and what is below it, or what it waits for, is open; or the `externalId` is another's, or there are more levels, blockers or tags than there may be, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.post(
      "move",
      "/tasks/move",
      write({
        payload: Move,
        success: HttpApiSchema.WithHeaders(MovedTasks, operationId),
        error: [ReferenceNotFound, Cycle, ProjectArchived, LimitReached]
      })
    ).annotateMerge(operation({
      id: "moveTasks",
      scope: "tasks:write",
      bodyLimit: maxMoveBytes,
      summary: "Move tasks",
      description:
        "Puts tasks right before or after another, or at an end of a list, in the order of `ids`, as one operation. What is below them comes along, also into another project. Others keep their versions.",
      responses: {
        200: "Where the tasks stand now.",
        409:
          "There would be more levels than there may be, or more than 10,000 things would change, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.patch(
      "updateListed",
      "/tasks",
      write({
        query: TasksToChange,
        headers: timeZoneHeader,
        payload: [
          TaskPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          TaskPatch
        ],
        success: HttpApiSchema.WithHeaders(TaskCount, operationId),
        error: [
          InvalidFilter,
          ViewNotFound,
          ViewBroken,
          LimitReached,
          ExternalIdTaken,
          ProjectArchived,
          OpenChildren,
          Blocked,
          ReferenceNotFound,
          Cycle,
          ...dateProblems,
          PreconditionRequired
        ]
      })
    ).annotateMerge(operation({
      id: "updateTasks",
      scope: "tasks:write",
      bodyLimit: maxTaskBytes,
      summary: "Change what a list has",
      description:
        "Applies a merge-patch to all tasks that the list with these filters has, as one operation. There has to be a filter.",
      responses: {
        200: "How many tasks the list has, of which some may be so already.",
        409: "There are more than 10,000, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.put(
      "put",
      "/tasks/external/:externalId",
      write({
        params: { externalId: ExternalIdParameter },
        headers: { ...writePreconditions, ...timeZoneHeader },
        payload: [
          ExternalTask.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          ExternalTask
        ],
        success: [
          HttpApiSchema.WithHeaders(Task.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          WrittenTask
        ],
        error: [
          TaskNotFound,
          TaskChanged,
          ReferenceNotFound,
          Cycle,
          ProjectArchived,
          OpenChildren,
          Blocked,
          LimitReached,
          ...dateProblems,
          PreconditionRequired,
          Gone
        ]
      })
    ).annotateMerge(operation({
      id: "putTask",
      scope: "tasks:write",
      bodyLimit: maxTaskBytes,
      summary: "Make or change the task of an external id",
      description:
        "Makes the task that a script calls so, or applies the same merge-patch (RFC 7396) to the one that there is: done again it changes nothing. A task in the trash comes back.",
      responses: {
        200: "The task as it is now.",
        201: "The new task.",
        404: "There is no such task, and `If-Match` names a version of one.",
        409:
          "The user has 100,000 tasks, or there are more levels, blockers or tags than there may be, or what is below it, or what it waits for, is open, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "removeListed",
      "/tasks",
      write({
        query: TaskSelection,
        headers: timeZoneHeader,
        success: HttpApiSchema.WithHeaders(TaskCount, operationId),
        error: [InvalidFilter, ViewNotFound, ViewBroken, LimitReached, UnknownTimeZone]
      })
    ).annotateMerge(operation({
      id: "deleteTasks",
      scope: "tasks:write",
      summary: "Delete what a list has",
      description:
        "Moves all tasks that the list with these filters has to the trash, as one operation. There has to be a filter.",
      responses: {
        200: "How many tasks are in the trash now that were not, or with `dryRun` would be.",
        409: "There are more than 10,000, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/tasks/:id",
      write({
        params,
        query: {
          permanent: Schema.optionalKey(
            Schema.Boolean.annotate({
              description: "true: deletes for good, also what is in the trash. Nothing undoes it.",
              examples: [true]
            })
          )
        },
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [TaskNotFound, TaskChanged, Gone, LimitReached]
      })
    ).annotateMerge(operation({
      id: "deleteTask",
      scope: "tasks:write",
      summary: "Delete a task",
      description:
        "Moves the task to the trash, or with `permanent=true` deletes it for good, from wherever it is; with it what is below it. Its number is not used again.",
      responses: {
        204: "The task is in the trash, or gone.",
        409: "More than 10,000 are below it, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.put("tag", "/tasks/:id/tags/:name", tagging).annotateMerge(operation({
      id: "tagTask",
      scope: "tasks:write",
      summary: "Give a task a tag",
      description: "Adds one tag to those that the task has; where it has it, nothing changes.",
      responses: {
        200: "The task as it is now.",
        409:
          "The project is archived, or the task has 50 tags or the user 5,000, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete("untag", "/tasks/:id/tags/:name", tagging).annotateMerge(operation({
      id: "untagTask",
      scope: "tasks:write",
      summary: "Take a tag off a task",
      description: "Takes one tag off the task; where it has it not, nothing changes.",
      responses: {
        200: "The task as it is now.",
        409: "The project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("history", "/tasks/:id/history", {
      params,
      query: OperationQuery,
      ...tagged(OperationPage),
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
