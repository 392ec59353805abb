import { instantText } from "../database/InstantText.ts"
import type { Row, Table } from "../database/Table.ts"

/** The operation that has changed a thing; undefined in a snapshot. */
interface Operation {
  readonly operation: string
  readonly at: Date | string
}

/** The JSON of a thing as a change left it, which may be in the trash. */
const valueText = (table: Table, now: string): string => {
  const row = JSON.parse(now) as Row
  const { trashed_at: trashed } = row
  const json = table.json(row)
  return typeof trashed === "string" ? `${json.slice(0, -1)},"trashedAt":"${instantText(trashed)}"}` : json
}

/** The JSON of what has become of a thing, as the contract's schema encodes it (a test compares). */
export const changeText = (
  table: Table,
  id: string,
  now: string | null,
  by: Operation | undefined
): string =>
  `{"noun":"${table.noun}","id":"${id}","operationId":${by === undefined ? "null" : `"${by.operation}"`},"at":${
    by === undefined ? "null" : `"${instantText(by.at)}"`
  },"value":${now === null ? "null" : valueText(table, now)}}`
