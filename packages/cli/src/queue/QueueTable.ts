import colors from "picocolors"
import type { QueuedWrite } from "../offline/QueuedWrite.ts"
import { wordsOf } from "../offline/Told.ts"
import { shortIds } from "../refs/ShortIds.ts"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

/** A line for each write: what it does, whether it waits, since when, and its key. */
export const renderQueue = (
  writes: ReadonlyArray<QueuedWrite>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim, red } = colors.createColors(color)
  const keys = writes.map(({ key }) => key)
  const shown = columns === undefined ? keys : shortIds(keys)
  return renderTable(writes, [
    { text: (write) => wordsOf(write).join(", "), flexible: true },
    {
      text: ({ refusal }) => refusal === null ? "waits" : `refused: ${printable(refusal.message)}`,
      yieldsTo: 20,
      paint: (text, { refusal }) => refusal === null ? text : red(text)
    },
    { text: ({ at }) => columns === undefined ? at : relativeTime(Date.parse(at), now), paint: dim },
    { text: (_write, index) => printable(shown[index] ?? ""), paint: dim }
  ], { columns })
}
