import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { IdTaken } from "../entity/EntityProblems.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { TaskChanged, TaskNotFound } from "../tasks/TaskProblems.ts"
import { Batch, BatchResults } from "./Batch.ts"

/** Room for 500 tasks with descriptions of a page each, and for a few with the longest. */
const maxBatchBytes = 2 * 1024 * 1024

/** Many writes as one operation. */
export class BatchApi extends HttpApiGroup.make("batch")
  .add(
    HttpApiEndpoint.post(
      "run",
      "/batch",
      write({
        payload: Batch,
        success: HttpApiSchema.WithHeaders(BatchResults, operationId),
        error: [TaskNotFound, TaskChanged, LimitReached, IdTaken]
      })
    ).annotateMerge(operation({
      id: "runBatch",
      scope: "tasks:write",
      bodyLimit: maxBatchBytes,
      summary: "Do many writes at once",
      description:
        "Does up to 500 writes in their order, all of them or none, as one operation. Where one cannot be done the answer is the problem that its own request would have, with its `index`, and nothing is done.",
      responses: {
        200: "What the writes have done.",
        409:
          "A write would make more than there may be, or its `id` is another's (see `index`), or a request with this `Idempotency-Key` is being answered at this moment."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Batch", description: "Many writes as one operation." }))
{}
