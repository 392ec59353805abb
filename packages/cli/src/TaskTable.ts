import type { Task } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"
import colors from "picocolors"
import { relativeTime } from "./RelativeTime.ts"
import { printable } from "./TerminalText.ts"
import { pad, truncate, widest } from "./TextWidth.ts"

/** How a table is to look. */
export interface TableStyle {
  readonly color: boolean
  /** Of the terminal; undefined when the table goes elsewhere, where it is exact and whole instead of short. */
  readonly columns: number | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

const gap = "  "
/** A title keeps so many columns, however narrow the terminal is. */
const minTitleWidth = 10

/**
 * A line for each task: number, mark, title, age. On a terminal the title is
 * cut to fit and the age is relative; elsewhere the title is whole and the time
 * of creation exact, so that the same tasks always give the same text.
 */
export const renderTasks = (
  tasks: ReadonlyArray<Task>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  const terminal = columns !== undefined
  const rows = tasks.map(({ completed, createdAt, number, title }) => ({
    number: String(number),
    completed,
    mark: terminal ? completed ? "✓" : "○" : completed ? "[x]" : "[ ]",
    title: printable(title),
    age: terminal ? relativeTime(DateTime.toEpochMillis(createdAt), now) : DateTime.formatIso(createdAt)
  }))
  const numberWidth = widest(rows.map(({ number }) => number))
  const ageWidth = widest(rows.map(({ age }) => age))
  const markWidth = terminal ? 1 : 3
  const room = columns === undefined
    ? Infinity
    : Math.max(minTitleWidth, columns - numberWidth - markWidth - ageWidth - 3 * gap.length)
  const titles = rows.map(({ title }) => truncate(title, room))
  const titleWidth = Math.min(room, widest(rows.map(({ title }) => title)))
  return rows.map(({ age, completed, mark, number }, index) =>
    [
      dim(number.padStart(numberWidth)),
      completed ? green(mark) : mark,
      pad(titles[index] ?? "", titleWidth),
      dim(age)
    ].join(gap)
  )
}
