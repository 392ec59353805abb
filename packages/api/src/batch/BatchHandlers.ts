import { Api } from "@todo/domain/Api"
import type { BatchOperation } from "@todo/domain/batch/Batch"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { operationId } from "../http/EntityResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { keyed } from "../http/RequestKey.ts"
import { Batches } from "./Batches.ts"

/** What a request of its own would have been answered. */
const statusOf = ({ op }: BatchOperation, changed: boolean) =>
  op.endsWith(".create") ? changed ? 201 : 200 : op.endsWith(".remove") ? 204 : 200

/** Serves the contract's `batch`. */
export const BatchHandlers = HttpApiBuilder.group(
  Api,
  "batch",
  Effect.fn(function*(handlers) {
    const batches = yield* Batches
    return handlers.handleAll({
      run: (request) =>
        Effect.map(keyed(request, batches.run(request.payload)), (written) => {
          const results = written.results.map(([id, number, version, changed], index) => ({
            status: statusOf(request.payload.operations[index]!, changed),
            id,
            number,
            version
          }))
          return jsonResponse(200, JSON.stringify({ results }), { ...operationId(written) })
        })
    })
  })
)
