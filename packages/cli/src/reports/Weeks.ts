import { dateOf, dayNumber, weekdayOf } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { weekStarts } from "@todo/domain/dates/WeekStart"
import type { Settings } from "@todo/domain/settings/Settings"
import type { StatsOfDay } from "@todo/domain/stats/StatsApi"

/** A week, as far as it is told of. */
export interface Week {
  /** Its first day. */
  readonly from: DateOnly
  readonly done: number
  readonly added: number
  /** How many were open when it ended, or are now. */
  readonly open: number
}

/** The first day of the week that a day is in. */
export const weekOf = (date: DateOnly, weekStart: Settings["weekStart"]): DateOnly => {
  const day = dayNumber(date)
  return dateOf(Math.max(0, day - (weekdayOf(day) - weekStarts[weekStart] + 7) % 7))
}

/** Days by weeks. */
export const weeksOf = (
  days: ReadonlyArray<StatsOfDay>,
  weekStart: Settings["weekStart"]
): ReadonlyArray<Week> => {
  const weeks = new Map<DateOnly, Week>()
  for (const { added, date, done, open } of days) {
    const from = weekOf(date, weekStart)
    const before = weeks.get(from)
    weeks.set(from, { from, done: (before?.done ?? 0) + done, added: (before?.added ?? 0) + added, open })
  }
  return [...weeks.values()]
}

/** On how many days up to today something was done, one after the other; today may still come. */
export const streakOf = (days: ReadonlyArray<StatsOfDay>): { readonly now: number; readonly longest: number } => {
  let run = 0
  let longest = 0
  let now = 0
  for (const [index, { done }] of days.entries()) {
    run = done > 0 ? run + 1 : index === days.length - 1 ? run : 0
    longest = Math.max(longest, run)
    now = run
  }
  return { now, longest }
}
