import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { CommentChanged, CommentNotFound } from "../comments/CommentProblems.ts"
import { dateProblems, InTheFuture, NotRepeating, PreconditionRequired } from "../dates/DateProblems.ts"
import { speechHeaders } from "../dates/SaidAt.ts"
import { IdTaken } from "../entity/EntityProblems.ts"
import { InvalidFilter } from "../filter/FilterProblems.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { operation } from "../http/openapi/Operation.ts"
import { Cycle, NameTaken, ReferenceNotFound } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { ProjectArchived, ProjectChanged, ProjectNotEmpty, ProjectNotFound } from "../projects/ProjectProblems.ts"
import { TagChanged, TagNotFound } from "../tags/TagProblems.ts"
import { Blocked, OpenChildren } from "../tasks/CompletionProblems.ts"
import { ExternalIdTaken, TaskChanged, TaskNotFound } from "../tasks/TaskProblems.ts"
import { ViewChanged, ViewNotFound } from "../views/ViewProblems.ts"
import { Batch, BatchResults } from "./Batch.ts"

/** Room for 500 tasks with descriptions of a page each, and for a few with the longest. */
const maxBatchBytes = 2 * 1024 * 1024

/** The first that is wrong is told, as of what cannot be done: to find all that is wrong in so much costs too much. */
const untilTheFirst = { onExcessProperty: "error", errors: "first" } as const

/** Many writes as one operation. */
export class BatchApi extends HttpApiGroup.make("batch")
  .add(
    HttpApiEndpoint.post(
      "run",
      "/batch",
      write({
        headers: speechHeaders,
        payload: Batch,
        success: HttpApiSchema.WithHeaders(BatchResults, operationId),
        error: [
          TaskNotFound,
          TaskChanged,
          CommentNotFound,
          CommentChanged,
          ViewNotFound,
          ViewChanged,
          InvalidFilter,
          ProjectNotFound,
          ProjectChanged,
          ProjectNotEmpty,
          ProjectArchived,
          OpenChildren,
          Blocked,
          TagNotFound,
          TagChanged,
          NameTaken,
          LimitReached,
          IdTaken,
          ExternalIdTaken,
          ReferenceNotFound,
          Cycle,
          ...dateProblems,
          PreconditionRequired,
          InTheFuture,
          NotRepeating
        ]
      })
    ).annotate(HttpApi.PayloadParseOptions, untilTheFirst).annotateMerge(operation({
      id: "runBatch",
      scope: "tasks:write",
      bodyLimit: maxBatchBytes,
      summary: "Do many writes at once",
      description:
        "Does up to 500 writes in their order, all of them or none, as one operation. Where one cannot be done the answer is the problem that its own request would have, with its `index`, and nothing is done.",
      responses: {
        200: "What the writes have done.",
        409:
          "A write would make more than there may be, or change more than 10,000 things with those before it, or its `id` or a name is another's, or it would write into an archived project, or delete one that is not empty, or complete what has open children or waits (see `index`), or a request with this `Idempotency-Key` is being answered at this moment."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Batch", description: "Many writes as one operation." }))
{}
