import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { listResponse, pageOf } from "../entity/ListResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { idempotent } from "../http/RequestKey.ts"
import { detailJson, operationJson } from "./OperationJson.ts"
import type { OperationRow } from "./OperationReads.ts"
import { Operations } from "./Operations.ts"

const undone = (operation: OperationRow) =>
  jsonResponse(200, operationJson(operation), { "operation-id": operation.id })

/** Serves the contract's `operations`. */
export const OperationsHandlers = HttpApiBuilder.group(
  Api,
  "operations",
  Effect.fn(function*(handlers) {
    const operations = yield* Operations
    return handlers.handleAll({
      list: ({ query }) => Effect.map(operations.list(query), listResponse),
      get: Effect.fnUntraced(function*({ params, query }) {
        const operation = yield* operations.get(params.id)
        return jsonResponse(200, detailJson(operation, pageOf(yield* operations.changesOf(operation, query))), {})
      }),
      undo: idempotent(({ params, payload }) => Effect.map(operations.undo(params.id, payload ?? {}), undone)),
      undoLatest: idempotent(({ payload }) => Effect.map(operations.undoLatest(payload ?? {}), undone))
    })
  })
)
