import { Api } from "@todo/domain/Api"
import type { BatchOperation } from "@todo/domain/batch/Batch"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { inZone } from "../dates/Asker.ts"
import { operationId } from "../entity/EntityResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { idempotent } from "../http/RequestKey.ts"
import { Batches, type Done } from "./Batches.ts"

/** What a request of its own would have been answered. */
const statusOf = ({ op }: BatchOperation, changed: boolean) =>
  op.endsWith(".create") ? changed ? 201 : 200 : op.endsWith(".remove") ? 204 : 200

const resultsOf = (operations: ReadonlyArray<BatchOperation>, results: ReadonlyArray<Done>) =>
  results.map(([id, number, version, changed], index) => ({
    status: statusOf(operations[index]!, changed),
    id,
    number,
    version
  }))

/** Serves the contract's `batch`. */
export const BatchHandlers = HttpApiBuilder.group(
  Api,
  "batch",
  Effect.fn(function*(handlers) {
    const batches = yield* Batches
    return handlers.handleAll({
      run: inZone(idempotent(({ payload }) =>
        Effect.map(batches.run(payload), (written) => {
          const results = resultsOf(payload.operations, written.results)
          return jsonResponse(200, JSON.stringify({ results }), { ...operationId(written) })
        })
      ))
    })
  })
)
