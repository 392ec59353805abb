import type { Operation } from "@todo/domain/operations/Operation"
import { DateTime } from "effect"
import colors from "picocolors"
import { shortIds } from "../refs/ShortIds.ts"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { thingsOf, verbOf } from "./OperationWords.ts"

/** Who did it: what the session's program or the token was called. */
const actorOf = ({ by: { kind, name } }: Operation): string =>
  kind === "service" ? "the service" : name === null ? kind : kind === "token" ? `token ${name}` : name

/**
 * A line for each operation. On a terminal its id, as short as tells them apart, when, what, by whom where that is not the
 * same of all, and whether it is undone; elsewhere all is exact, as the service says it.
 */
export const renderOperations = (
  operations: ReadonlyArray<Operation>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim } = colors.createColors(color)
  if (columns === undefined) {
    return renderTable(operations, [
      { text: ({ id }) => id },
      { text: ({ at }) => DateTime.formatIso(at) },
      { text: ({ kind }) => printable(kind) },
      { text: ({ count }) => String(count) },
      { text: ({ changes: [first] }) => first?.number == null ? "" : String(first.number) },
      { text: ({ changes: [first] }) => printable(first?.title ?? "") },
      { text: (operation) => printable(actorOf(operation)) },
      { text: ({ undoneBy }) => undoneBy === null ? "" : "undone" }
    ], { columns })
  }
  const isOfSeveral = new Set(operations.map(actorOf)).size > 1
  const shown = shortIds(operations.map(({ id }) => id))
  return renderTable(operations, [
    { text: (_operation, index) => shown[index] ?? "", paint: dim },
    { text: ({ at }) => relativeTime(DateTime.toEpochMillis(at), now) },
    { text: (operation) => verbOf(operation) },
    { text: thingsOf, flexible: true },
    { text: (operation) => isOfSeveral ? printable(actorOf(operation)) : "", paint: dim },
    { text: ({ undoneBy }) => undoneBy === null ? "" : "undone", paint: dim }
  ], { columns })
}
