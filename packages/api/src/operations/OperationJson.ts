import { instantText } from "../database/InstantText.ts"
import { memberOf, type Row, type Table } from "../database/Table.ts"
import type { ChangeRow, ChangeValueRow, OperationRow } from "./OperationReads.ts"

const summaryOf = ({ cleared, columns, ...change }: ChangeRow) => ({
  ...change,
  members: columns.map(memberOf),
  cleared: cleared.map(memberOf)
})

const outline = ({ actor, actor_name, at, count, id, kind, undoes, undone_by }: OperationRow) => ({
  id,
  kind,
  at: instantText(at),
  by: { kind: actor, name: actor_name },
  undoes,
  undoneBy: undone_by,
  count
})

/** The JSON text of an operation, as the contract's schema has it. */
export const operationJson = (row: OperationRow): string =>
  JSON.stringify({ ...outline(row), changes: (row.changes ?? []).map(summaryOf) })

/** The same of a change of a thing of these nouns. */
export const changeJson = (nouns: ReadonlyArray<Table>) => {
  const tables = new Map(nouns.map((table) => [table.noun, table]))
  return ({ columns, id, noun, now }: ChangeValueRow): string => {
    const change = JSON.stringify({ noun, id, members: columns.map(memberOf) })
    return `${change.slice(0, -1)},"value":${now === null ? "null" : recordedJson(tables.get(noun)!, now as Row)}}`
  }
}

/** The same of a thing as it is on record: also in the trash. */
const recordedJson = ({ json }: Table, row: Row): string => {
  const trashedAt = row["trashed_at"]
  return typeof trashedAt !== "string"
    ? json(row)
    : `${json(row).slice(0, -1)},"trashedAt":"${instantText(trashedAt)}"}`
}

/** The same of an operation with a page of its changes. */
export const detailJson = (
  row: OperationRow,
  { items, nextCursor }: { readonly items: string; readonly nextCursor: string }
): string => `${JSON.stringify(outline(row)).slice(0, -1)},"changes":${items},"nextCursor":${nextCursor}}`
