import { civil, dateOf, dayOf, daysInMonth, weekdayOf } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { weekStarts } from "@todo/domain/dates/WeekStart"
import type { Settings } from "@todo/domain/settings/Settings"

const names = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
]
const weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

/** So wide is a day, with a sign before it and one behind it. */
const cell = 4
export const monthColumns = 7 * cell

/** A month as lines of the same width: its name, the days of the week, and its weeks, six of them so that months are alike. */
export const monthLines = (
  { month, year }: { readonly year: number; readonly month: number },
  weekStart: Settings["weekStart"],
  show: (date: DateOnly, text: string) => string
): ReadonlyArray<string> => {
  const first = dayOf(year, month, 1)
  const before = (weekdayOf(first) - weekStarts[weekStart] + 7) % 7
  const days = daysInMonth(year, month)
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, index) => {
      const day = week * 7 + index - before + 1
      return day < 1 || day > days ? " ".repeat(cell) : show(dateOf(first + day - 1), String(day).padStart(2))
    }).join(""))
  const title = `${names[month - 1]} ${year}`
  const left = Math.floor((monthColumns - title.length) / 2)
  return [
    `${" ".repeat(left)}${title}`.padEnd(monthColumns),
    Array.from({ length: 7 }, (_, index) => ` ${weekdays[(weekStarts[weekStart] + index) % 7]} `).join(""),
    ...weeks
  ]
}

/** The months from that of a day on. */
export const monthsFrom = (day: number, count: number) => {
  const { month, year } = civil(day)
  return Array.from({ length: count }, (_, index) => civil(dayOf(year, month + index, 1)))
}
