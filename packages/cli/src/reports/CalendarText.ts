import { dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Settings as AccountSettings } from "@todo/domain/settings/Settings"
import type { Task } from "@todo/domain/tasks/Task"
import colors from "picocolors"
import { dayHeading } from "../tasks/DueWords.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { truncate } from "../terminal/TextWidth.ts"
import { monthColumns, monthLines, monthsFrom } from "./CalendarMonth.ts"

/** What a calendar is of. */
export interface Calendar {
  /** The number of the day that it is. */
  readonly today: number
  readonly months: number
  readonly weekStart: AccountSettings["weekStart"]
  /** The tasks that are due on days, by their dates. */
  readonly due: ReadonlyMap<DateOnly, ReadonlyArray<Task>>
}

const gap = "    "
/** So much of what comes is told below the months. */
const mostTold = 10

/** Months side by side. A day on which something is due has a `*`, one on which it is late a `!`, and today a `>`. */
export const renderCalendar = (
  { due, months, today, weekStart }: Calendar,
  { color, columns = 80 }: Pick<TableStyle, "color" | "columns">
): ReadonlyArray<string> => {
  const { bold, dim, inverse, red } = colors.createColors(color)
  const show = (date: DateOnly, text: string) => {
    const tasks = due.get(date) ?? []
    const isLate = tasks.some(({ overdue }) => overdue)
    const day = tasks.length === 0 ? text : isLate ? red(inverse(text)) : inverse(text)
    const isToday = dayNumber(date) === today
    const sign = tasks.length === 0 ? " " : isLate ? "!" : "*"
    return `${isToday ? ">" : " "}${isToday ? bold(day) : day}${sign}`
  }
  const beside = Math.max(1, Math.floor((columns + gap.length) / (monthColumns + gap.length)))
  const all = monthsFrom(today, months).map((month) => monthLines(month, weekStart, show))
  const rows = Array.from(
    { length: Math.ceil(all.length / beside) },
    (_, row) => all.slice(row * beside, (row + 1) * beside)
  )
  const pictures = rows.flatMap((row, index) => [
    ...index === 0 ? [] : [""],
    ...row[0]!.map((_, line) => row.map((lines) => lines[line]).join(gap).trimEnd()).filter((line, at) =>
      at < 7 || line !== ""
    )
  ])
  const days = [...due].toSorted(([one], [other]) => one < other ? -1 : 1).filter(([date]) => dayNumber(date) >= today)
  const told = days.flatMap(([date, tasks]) => tasks.map((task) => ({ date, task })))
  return [
    ...pictures,
    ...told.length === 0 ? [] : [""],
    ...told.slice(0, mostTold).map(({ date, task: { number, title } }) =>
      truncate(`${dayHeading(dayNumber(date), today)}  ${number}  ${printable(title)}`, columns)
    ),
    ...told.length > mostTold ? [dim(`and ${told.length - mostTold} more`)] : []
  ]
}
