import { civil, daysInMonth } from "../dates/CivilDate.ts"
import { type Frequency, maxInterval, type Rule, type WeekdayRule } from "../repetition/Rule.ts"
import type { Unit } from "./Language.ts"

/** The days of a repetition, as they were said: what is not said comes from the first date. */
export interface Pattern {
  readonly frequency: Frequency
  readonly interval: number
  readonly byMonth?: ReadonlyArray<number>
  readonly byMonthDay?: ReadonlyArray<number>
  readonly byDay?: ReadonlyArray<WeekdayRule>
  readonly bySetPos?: ReadonlyArray<number>
  /** The time that it has, in minutes. */
  readonly minutes?: number
  /** A rule that was written as one. */
  readonly literal?: Rule
  /** What else may be meant. */
  readonly other?: Pattern | undefined
  /** It may be no more than words at the beginning of a text. */
  readonly weak?: boolean
}

/** A repetition that was understood, and that no rule says. */
export const inexpressible = "inexpressible"

/** What was said of the days of a repetition. */
export type Said = Pattern | typeof inexpressible

const frequencies = {
  hour: ["HOURLY", 1],
  day: ["DAILY", 1],
  week: ["WEEKLY", 1],
  month: ["MONTHLY", 1],
  quarter: ["MONTHLY", 3],
  year: ["YEARLY", 1]
} as const

/** Every so many of a unit. */
export const everyUnit = (unit: Unit, many: number): Said => {
  if (unit === "minute") return inexpressible
  const [frequency, times] = frequencies[unit]
  return many < 1 || many * times > maxInterval ? inexpressible : { frequency, interval: many * times }
}

/** Days of the week in their order, each once. */
export const weekdays = (days: ReadonlyArray<number>): ReadonlyArray<WeekdayRule> =>
  [...new Set(days)].toSorted((one, other) => one - other).map((weekday) => ({ weekday, ordinal: undefined }))

/** The days of work. */
export const workdays: ReadonlyArray<number> = [0, 1, 2, 3, 4]

export const weekly = (days: ReadonlyArray<number>, interval = 1): Pattern => ({
  frequency: "WEEKLY",
  interval,
  byDay: weekdays(days)
})

/** A day of each month that has it, or the last one that there is of 28 to 31. */
export const clamped = (day: number): Pick<Pattern, "byMonthDay" | "bySetPos"> =>
  day <= 28
    ? { byMonthDay: [day] }
    : { byMonthDay: Array.from({ length: day - 27 }, (_, index) => 28 + index), bySetPos: [-1] }

/** A day of a month of each year; 29 February is the 28th where there is none. None where no year has it. */
export const yearly = (month: number, day: number, interval = 1): Pattern | undefined =>
  day < 1 || day > daysInMonth(2024, month)
    ? undefined
    : {
      frequency: "YEARLY",
      interval,
      byMonth: [month],
      ...(month === 2 && day === 29 ? clamped(day) : { byMonthDay: [day] })
    }

/** A pattern with the day of the month or year on which it begins, where it says none of itself. */
export const anchored = (pattern: Pattern, day: number): Pattern => {
  const { byDay, byMonthDay, frequency, interval, literal } = pattern
  if (literal !== undefined || byDay !== undefined || byMonthDay !== undefined) return pattern
  const date = civil(day)
  if (frequency === "MONTHLY") return { ...pattern, ...clamped(date.day) }
  return frequency === "YEARLY" ? { ...pattern, ...yearly(date.month, date.day, interval) } : pattern
}
