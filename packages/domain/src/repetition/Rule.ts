import type { DateOnly } from "../dates/DateOnly.ts"

/** How often, as RFC 5545 calls it. `HOURLY` alone counts elapsed time, and takes none of the parts that name days. */
export type Frequency = "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY"

/** A day of the week, 0 is Monday; with an ordinal the nth of its month or year, from the end where it is negative. */
export interface WeekdayRule {
  readonly weekday: number
  readonly ordinal: number | undefined
}

/** The last moment that an occurrence may have: a day, or a time of it, on the wall or in UTC. Inclusive. */
export interface Until {
  readonly date: DateOnly
  /** `HH:MM:SS`, or none where the whole day counts. */
  readonly time: string | undefined
  readonly utc: boolean
}

/** A rule of repetition, the part of RFC 5545's that this service knows. A list that is empty is a part that is not there. */
export interface Rule {
  readonly frequency: Frequency
  /** 1 to 366. */
  readonly interval: number
  /** How many occurrences there are, 1 to 1,000, the first one included. */
  readonly count: number | undefined
  readonly until: Until | undefined
  /** 1 to 12. */
  readonly byMonth: ReadonlyArray<number>
  /** 1 to 31, or -31 to -1 from the end. */
  readonly byMonthDay: ReadonlyArray<number>
  readonly byDay: ReadonlyArray<WeekdayRule>
  /** Which of the days of a period: 1 is the first, -1 the last. */
  readonly bySetPos: ReadonlyArray<number>
  /** The day on which weeks begin. */
  readonly weekStart: number
}

export const maxInterval = 366
export const maxCount = 1_000
/** The longest text of a rule. */
export const maxRuleLength = 500

/** The days of the week as rules write them, from Monday. */
export const weekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const
