import { positionOf } from "../database/order/Position.ts"
import { memberOf, type Row } from "../database/Table.ts"
import type { Written } from "../database/Write.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { operationId } from "./EntityResponse.ts"

/** The answer of a move: where the things stand, in the order in which they were named. */
export const movedResponse = (written: Written) => {
  const items = (written["items"] as ReadonlyArray<Row>).map((row) =>
    Object.fromEntries(
      Object.entries({ ...row, position: positionOf(row) }).map(([column, value]) => [memberOf(column), value])
    )
  )
  return jsonResponse(200, JSON.stringify({ items }), { ...operationId(written) })
}
