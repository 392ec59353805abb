import type { Task } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"
import colors from "picocolors"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

/**
 * A line for each task: number, state, title, age. On a terminal the state is
 * a mark, the title is cut to fit and the age is relative; elsewhere the state
 * is a word, the title whole and the time of creation exact, so that the same
 * tasks always give the same text.
 */
export const renderTasks = (tasks: ReadonlyArray<Task>, style: TableStyle): ReadonlyArray<string> =>
  renderTaskTable(tasks, ({ createdAt }) => createdAt, style)

/** The same with a time of another kind. */
export const renderTaskTable = <Row extends Task>(
  tasks: ReadonlyArray<Row>,
  timeOf: (task: Row) => DateTime.Utc,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  const [open, done] = columns === undefined ? ["open", "done"] : ["○", "✓"]
  return renderTable(tasks, [
    { text: ({ number }) => String(number), align: "right", paint: dim },
    {
      text: ({ completed }) => completed ? done : open,
      paint: (mark, { completed }) => completed ? green(mark) : mark
    },
    { text: ({ title }) => printable(title), flexible: true },
    {
      text: (task) => {
        const at = timeOf(task)
        return columns === undefined ? DateTime.formatIso(at) : relativeTime(DateTime.toEpochMillis(at), now)
      },
      paint: dim
    }
  ], { columns })
}

/** The footer, and the line to type on. */
const rowsBelow = 2

/**
 * What stands below the list on a terminal: how many there are of each kind, and what to do where the newest have gone
 * off the screen.
 */
export const renderFooter = (
  tasks: ReadonlyArray<Task>,
  { color, columns, rows = Infinity }: Pick<TableStyle, "color" | "columns"> & { readonly rows: number | undefined }
): ReadonlyArray<string> => {
  if (columns === undefined || tasks.length === 0) return []
  const done = tasks.filter(({ completed }) => completed).length
  const counts = [[tasks.length - done, "open"], [done, "done"]] as const
  const text = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ")
  const room = rows - rowsBelow
  const isLong = tasks.length > room && room > 0
  return [colors.createColors(color).dim(isLong ? `${text}, newest first; --limit ${room} fits the screen` : text)]
}
