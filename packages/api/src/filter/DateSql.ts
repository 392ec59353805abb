import { addDays, dayNumber, lastDay } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { DateValue } from "@todo/domain/filter/DateValue"
import type { Operator } from "@todo/domain/filter/Field"
import { keyRanges } from "../dates/DueKey.ts"
import { dueOnDates, type DueRanges, overdueAt } from "../dates/DueRanges.ts"
import { localDateOf, type Place } from "../dates/LocalDay.ts"

/** Gives a value its place in the statement. */
export type Bind = (value: unknown) => string

/** When and where a filter is asked. */
export interface Asked {
  /** The instant, in milliseconds. */
  readonly now: number
  readonly place: Place
  /** The day that a date of the filter is. */
  readonly dayOf: (value: DateValue) => DateOnly
}

/** The day that it is. */
export const todayOf = ({ now, place }: Asked): DateOnly => localDateOf(now, place)

/** The day after another; null after the last that there is. */
const next = (day: DateOnly): DateOnly | null => dayNumber(day) === lastDay ? null : addDays(day, 1)

/** Whether the key of a date is in one of these ranges. */
const within = (column: string, ranges: ReadonlyArray<DueRanges>, bind: Bind): string => {
  const parts = ranges.flatMap(keyRanges).map(({ from, to }) =>
    `(${column} >= ${bind(from)} AND ${column} < ${bind(to)})`
  )
  return parts.length === 0 ? "false" : `(${parts.join(" OR ")})`
}

/** Whether a date is compared so with a day: both as they are where whoever asks is. */
export const comparedWithDay = (
  column: string,
  op: Operator,
  day: DateOnly,
  { place }: Asked,
  bind: Bind
): string => {
  const between = (from: DateOnly | null, to: DateOnly | null) => dueOnDates(from, to, place)
  const after = next(day)
  const later = after === null ? [] : [between(after, null)]
  switch (op) {
    case "<":
      return within(column, [between(null, day)], bind)
    case "<=":
      return within(column, [between(null, after)], bind)
    case ">":
      return within(column, later, bind)
    case ">=":
      return within(column, [between(day, null)], bind)
    case "!=":
      return within(column, [between(null, day), ...later], bind)
    default:
      return within(column, [between(day, after)], bind)
  }
}

/** Whether something is due or starts on one of so many days from a day on that is so many days from today. */
export const onDays = (first: number, count: number, asked: Asked, bind: Bind): string => {
  const today = todayOf(asked)
  const last = addDays(today, first + count - 1)
  if (dayNumber(today) + first > lastDay) return "false"
  const ranges = [dueOnDates(addDays(today, first), next(last), asked.place)]
  return `(${within("due_key", ranges, bind)} OR ${within("start_key", ranges, bind)})`
}

/** Whether something is late that is not done. */
export const isLate = ({ now, place }: Asked, bind: Bind): string =>
  `(completed_at IS NULL AND ${within("due_key", [overdueAt(now, place)], bind)})`

/** Whether a start has been reached, or there is none. */
export const isReached = ({ now, place }: Asked, bind: Bind): string => {
  const today = localDateOf(now, place)
  // What starts all day long has begun with its day, and what starts at this instant with it.
  const { instants, walls } = overdueAt(now + 1, place)
  const ranges = { dates: { from: null, to: next(today) }, instants, walls }
  return `(start_key IS NULL OR ${within("start_key", [ranges], bind)})`
}
