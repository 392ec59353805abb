import { dayOf, daysInMonth, weekdayOf } from "../dates/CivilDate.ts"
import type { Moment } from "./Moment.ts"

/** A day of a month in figures. */
export interface NumericDate {
  readonly year: number | undefined
  readonly month: number
  readonly day: number
  /** Whether others would write it the other way round: `10/2`. */
  readonly either: boolean
}

/** What a word is by its figures and signs, whatever the language but for what makes an ordinal. */
export interface Shape {
  readonly number?: number
  readonly ordinal?: number
  /** Minutes since 00:00: `17:00`, `5pm`. */
  readonly clock?: number
  /** The same with a dot, which is a time only where a word says so: `17.30`. */
  readonly dotted?: number
  /** The number of a day: `2026-10-02`, `2026-W40-5`. */
  readonly iso?: number
  /** A day and a time of it: `2026-10-02T09:00`, `2026-10-02T09:00Z`. */
  readonly stamp?: { readonly day: number; readonly minutes: number; readonly utc: boolean }
  /** A day of a month, of the year if it names one: `10/2`, `2.10.2026`. It need not exist. */
  readonly numeric?: NumericDate
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?:t(\d\d):(\d\d)(z)?)?$/
const isoWeek = /^(\d{4})-?w(\d\d)(?:-?([1-7]))?$/
const clock = /^(\d{1,2})(?:([:.])(\d\d))?(am|pm|a\.m\.|p\.m\.)?$/
const parted = /^(\d{1,4})([./])(\d{1,2})(?:\2(\d{0,4}))?$/
const digits = /^\d{1,4}$/

/** The number of a day, if there is such a date. */
export const dayIf = (year: number, month: number, day: number): number | undefined =>
  year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
    ? dayOf(year, month, day)
    : undefined

const minutesIf = (hour: number, minute: number): number | undefined =>
  hour < 24 && minute < 60 ? hour * 60 + minute : undefined

/** The day of a week of ISO 8601, if the year has that week. */
const dayOfWeek = (year: number, week: number, weekday: number): number | undefined => {
  const first = (of: number) => dayOf(of, 1, 4) - weekdayOf(dayOf(of, 1, 4))
  const monday = first(year) + (week - 1) * 7
  return year >= 1970 && year < 9999 && week >= 1 && monday < first(year + 1) ? monday + weekday - 1 : undefined
}

const isoOf = (word: string): Shape | undefined => {
  const [, year, month, day, hour, minute, utc] = isoDate.exec(word) ?? []
  if (year !== undefined) {
    const iso = dayIf(Number(year), Number(month), Number(day))
    if (iso === undefined) return {}
    if (hour === undefined) return { iso }
    const minutes = minutesIf(Number(hour), Number(minute))
    return minutes === undefined ? {} : { stamp: { day: iso, minutes, utc: utc !== undefined } }
  }
  const [, weekYear, week, weekday] = isoWeek.exec(word) ?? []
  if (weekYear === undefined) return undefined
  const iso = dayOfWeek(Number(weekYear), Number(week), Number(weekday ?? 1))
  return iso === undefined ? {} : { iso }
}

const clockOf = (word: string): Shape => {
  const [, hours, sign, minutes = "0", half] = clock.exec(word) ?? []
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (half !== undefined) {
    return hour >= 1 && hour <= 12 && minute < 60
      ? { clock: (hour % 12 + (half.startsWith("p") ? 12 : 0)) * 60 + minute }
      : {}
  }
  const time = sign === undefined ? undefined : minutesIf(hour, minute)
  return time === undefined ? {} : sign === ":" ? { clock: time } : { dotted: time }
}

/**
 * As the order says, and a day that there is not where it does not allow it: nothing is turned round. With dots the day comes
 * first, but where the month does: `5.10.` is so written by those alone who mean that.
 */
const numericOf = (word: string, order: Moment["dateOrder"]): Shape => {
  const [, one = "", sign, two, three] = parted.exec(word) ?? []
  if (sign === undefined || (sign === "." && three === undefined)) return {}
  if (one.length === 4) {
    return three ? { numeric: { year: Number(one), month: Number(two), day: Number(three), either: false } } : {}
  }
  if (one.length > 2 || three?.length === 1 || three?.length === 3) return {}
  const [day, month] = order === "dmy" || (order === "ymd" && sign === ".")
    ? [Number(one), Number(two)]
    : [Number(two), Number(one)]
  const year = three ? Number(three) + (three.length === 2 ? 2000 : 0) : undefined
  return { numeric: { year, month, day, either: day <= 12 && day !== month } }
}

const ordinalOf = (word: string, ends: ReadonlyArray<string>): Shape => {
  const end = ends.find((it) => word.endsWith(it))
  const figures = end === undefined ? "" : word.slice(0, -end.length)
  return digits.test(figures) ? { ordinal: Number(figures) } : {}
}

/** What a word in small letters is by its figures. */
export const shapeOf = (word: string, { dateOrder, language }: Moment): Shape => {
  const first = word.charCodeAt(0)
  if (first < 48 || first > 57) return {}
  if (digits.test(word)) return { number: Number(word) }
  return isoOf(word) ?? { ...clockOf(word), ...numericOf(word, dateOrder), ...ordinalOf(word, language.ordinalEnds) }
}
