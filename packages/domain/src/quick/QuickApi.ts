import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { timeZoneHeader } from "../dates/AskingZone.ts"
import { dateProblems, RecurrenceNotExpressible, UnknownTimeZone } from "../dates/DateProblems.ts"
import { speechHeaders } from "../dates/SaidAt.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { operation } from "../http/openapi/Operation.ts"
import { Cycle, NameTaken, ReferenceNotFound } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { ProjectArchived } from "../projects/ProjectProblems.ts"
import { ExternalIdTaken } from "../tasks/TaskProblems.ts"
import { taskIdsHeader } from "./ChosenIds.ts"
import { NewQuick, QuickTasks, ReadText, TextToRead } from "./Quick.ts"
import { AmbiguousProject, EmptyTitle, UnknownProject } from "./QuickProblems.ts"

/** The longest text fits, of which each code unit may be escaped, and what a task may have beside it. */
const maxQuickBytes = 384 * 1024
const maxTextBytes = 128 * 1024

/** Tasks as people write them. */
export class QuickApi extends HttpApiGroup.make("quick")
  .add(
    HttpApiEndpoint.post(
      "quick",
      "/tasks/quick",
      write({
        headers: { ...speechHeaders, ...taskIdsHeader },
        payload: NewQuick,
        success: HttpApiSchema.WithHeaders(QuickTasks.pipe(HttpApiSchema.status(201)), operationId),
        error: [
          EmptyTitle,
          UnknownProject,
          AmbiguousProject,
          LimitReached,
          IdTaken,
          NameTaken,
          ExternalIdTaken,
          ReferenceNotFound,
          Cycle,
          ProjectArchived,
          ...dateProblems,
          Gone
        ]
      })
    ).annotateMerge(operation({
      id: "quickAddTasks",
      scope: "tasks:write",
      bodyLimit: maxQuickBytes,
      summary: "Add tasks by words",
      description:
        "Makes the tasks that a text is, as one operation: `Pay rent friday 9am every month #Home @bank p1`. What is no date, no repetition and no sign stays in the title as it is. `parsed` says what was used, and what it may mean, too.",
      responses: {
        201: "The new tasks.",
        409:
          "There would be more tasks, tags, projects, levels or blockers than there may be, or the project is archived, or an id in `Task-Ids` or the `externalId` is another's, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.post("parse", "/tasks/parse", {
      headers: timeZoneHeader,
      payload: TextToRead,
      success: ReadText,
      error: [EmptyTitle, RecurrenceNotExpressible, UnknownTimeZone]
    }).annotateMerge(operation({
      id: "parseTasks",
      scope: "tasks:read",
      bodyLimit: maxTextBytes,
      summary: "Read words",
      description:
        "What `POST /api/v1/tasks/quick` would make of a text, for who types it. It reads, and changes nothing.",
      responses: { 200: "What the text says." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Words", description: "Tasks as people write them." }))
{}
