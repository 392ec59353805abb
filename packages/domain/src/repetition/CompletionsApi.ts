import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { timeZoneHeader, timeZoneParameter } from "../dates/AskingZone.ts"
import { InTheFuture, NotRepeating, UnknownTimeZone } from "../dates/DateProblems.ts"
import { speechHeaders } from "../dates/SaidAt.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { writePreconditions } from "../http/Preconditions.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { ProjectArchived } from "../projects/ProjectProblems.ts"
import { Blocked, OpenChildren } from "../tasks/CompletionProblems.ts"
import { TaskId } from "../tasks/Task.ts"
import { TaskChanged, TaskNotFound } from "../tasks/TaskProblems.ts"
import { CompletedTask, NewCompletion, Skip } from "./CompletedTask.ts"
import { CompletionPage, CompletionQuery, OccurrenceQuery, Occurrences } from "./Completion.ts"

const params = { id: TaskId }

const doing = {
  params,
  headers: { ...writePreconditions, ...speechHeaders },
  success: HttpApiSchema.WithHeaders(CompletedTask, { etag: EntityTag, ...operationId })
}

/** Doing tasks, those that repeat date by date. */
export class CompletionsApi extends HttpApiGroup.make("completions")
  .add(
    HttpApiEndpoint.post(
      "complete",
      "/tasks/:id/complete",
      write({
        ...doing,
        // Without a body, too.
        payload: [NewCompletion, Schema.Null],
        error: [
          TaskNotFound,
          TaskChanged,
          ProjectArchived,
          OpenChildren,
          Blocked,
          LimitReached,
          UnknownTimeZone,
          InTheFuture,
          Gone
        ]
      })
    ).annotateMerge(operation({
      id: "completeTask",
      scope: "tasks:write",
      summary: "Complete a task",
      description:
        "Marks the task done, with what is below it or not, and also one that waits for others where that is forced. One that repeats moves on to its next date, as one operation, and is done for good after the last; what is done below it is open again, and what waited for this date waits no more. With the `occurrence` that the client saw it is safe to send again.",
      responses: {
        200: "The task as it is now.",
        409:
          "What is below it, or what it waits for, is open, or more than 10,000 things would change, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.post(
      "skip",
      "/tasks/:id/skip",
      write({
        ...doing,
        payload: [Skip, Schema.Null],
        error: [TaskNotFound, TaskChanged, ProjectArchived, LimitReached, UnknownTimeZone, NotRepeating, Gone]
      })
    ).annotateMerge(operation({
      id: "skipTask",
      scope: "tasks:write",
      summary: "Skip a date of a task",
      description:
        "Moves a task that repeats on to its next date, without its being done. What is done below it is open again.",
      responses: {
        200: "The task as it is now.",
        409:
          "More than 10,000 things would change, or the project is archived, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("occurrences", "/tasks/:id/occurrences", {
      params,
      query: { ...OccurrenceQuery, ...timeZoneParameter },
      headers: timeZoneHeader,
      success: Occurrences,
      error: [TaskNotFound, UnknownTimeZone, NotRepeating]
    }).annotateMerge(operation({
      id: "listTaskOccurrences",
      scope: "tasks:read",
      summary: "List what comes of a task",
      description:
        "The date of the repetition that the task is now, and those after it, as if each were done on its own date.",
      responses: { 200: "The dates that come; fewer than asked for where the repetition ends." }
    })),
    HttpApiEndpoint.get("completions", "/tasks/:id/completions", {
      params,
      query: CompletionQuery,
      ...tagged(CompletionPage),
      error: TaskNotFound
    }).annotateMerge(operation({
      id: "listTaskCompletions",
      scope: "tasks:read",
      summary: "List what was done of a task",
      description:
        "The dates of the repetition that were done, or passed over, the last first. Of a task that does not repeat there are none: it has `completedAt`.",
      responses: { 200: "A page of completions.", 304: "The list is still as `If-None-Match` says." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(
    OpenApi.annotations({ title: "Completions", description: "Doing tasks, those that repeat date by date." })
  )
{}
