import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { timeZoneHeader, timeZoneParameter } from "../dates/AskingZone.ts"
import { UnknownTimeZone } from "../dates/DateProblems.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { taggedInZone } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { ProjectArchived } from "../projects/ProjectProblems.ts"
import { Task, TaskId } from "../tasks/Task.ts"
import { TaskCount } from "../tasks/TaskPage.ts"
import { TaskChanged, TaskNotFound } from "../tasks/TaskProblems.ts"
import { TrashedTask, TrashPage, TrashQuery } from "./TrashedTask.ts"

const params = { id: TaskId }

/** What the user has deleted, for 30 days. */
export class TrashApi extends HttpApiGroup.make("trash")
  .add(
    HttpApiEndpoint.get("list", "/trash", {
      query: TrashQuery,
      ...taggedInZone(TrashPage),
      error: UnknownTimeZone
    }).annotateMerge(operation({
      id: "listTrash",
      scope: "tasks:read",
      summary: "List the trash",
      description:
        "A page of the user's deleted tasks, the last deleted first. They are deleted for good after 30 days.",
      responses: { 200: "A page of the trash.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.get("get", "/trash/:id", {
      params,
      query: timeZoneParameter,
      headers: { ...readPreconditions, ...timeZoneHeader },
      success: [
        HttpApiSchema.WithHeaders(TrashedTask, { etag: EntityTag }),
        HttpApiSchema.Empty(304).annotate({ description: "The task is still as `If-None-Match` says." })
      ],
      error: [TaskNotFound, TaskChanged, UnknownTimeZone]
    }).annotateMerge(operation({
      id: "getTrashedTask",
      scope: "tasks:read",
      summary: "Get a task of the trash",
      description: "One deleted task, with its version as `ETag`.",
      responses: { 200: "The task.", 304: "The task is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.post(
      "restore",
      "/tasks/:id/restore",
      write({
        params,
        headers: { ...writePreconditions, ...timeZoneHeader },
        success: HttpApiSchema.WithHeaders(Task, { etag: EntityTag, ...operationId }),
        error: [TaskNotFound, TaskChanged, ProjectArchived, LimitReached, UnknownTimeZone, Gone]
      })
    ).annotateMerge(operation({
      id: "restoreTask",
      scope: "tasks:write",
      summary: "Restore a task",
      description:
        "Takes a task out of the trash, with its number and what the same deletion took from below it, into the Inbox where its project is gone, and from below what is not there. One that is not in the trash stays as it is.",
      responses: {
        200: "The task as it is now.",
        409:
          "Its project is archived, or more than 10,000 come with it, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "empty",
      "/trash",
      write({
        success: HttpApiSchema.WithHeaders(TaskCount, operationId),
        error: [LimitReached]
      })
    ).annotateMerge(operation({
      id: "emptyTrash",
      scope: "tasks:write",
      summary: "Empty the trash",
      description: "Deletes all tasks in the trash for good, as one operation. Nothing undoes it.",
      responses: {
        200: "How many tasks there were.",
        409: "There are more than 10,000, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Trash", description: "What the signed-in user has deleted." }))
{}
