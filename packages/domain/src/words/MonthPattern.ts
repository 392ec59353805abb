import type { Cursor } from "./Cursor.ts"
import { list } from "./List.ts"
import { clamped, type Pattern, weekdays, weekly, workdays, yearly } from "./Pattern.ts"

/** `of the month`, `of each month`, and `jedes Monats`. */
const ofTheMonth = (cursor: Cursor): boolean =>
  cursor.attempt((it) => {
    if (!it.role("of") && !it.sees("each")) return undefined
    if (!it.role("each")) it.role("the")
    return it.take("unit") === "month" ? true : undefined
  }) === true

/** `3rd friday`: of the month, or each third one if nothing says so. */
const nthWeekday = (nth: ReadonlyArray<number>, interval: number) => (cursor: Cursor): Pattern | undefined => {
  const days = weekdays(list(cursor, (it) => it.take("weekday"))).map(({ weekday }) => weekday)
  if (days.length === 0 || nth.some((it) => it > 5)) return undefined
  const [each] = nth
  const isClear = ofTheMonth(cursor) || interval > 1 || nth.length > 1 || each! < 2
  return {
    frequency: "MONTHLY",
    interval,
    byDay: nth.flatMap((ordinal) => days.map((weekday) => ({ weekday, ordinal }))),
    ...(isClear ? {} : { other: weekly(days, each!) })
  }
}

/** `first workday`. */
const nthWorkday = (nth: ReadonlyArray<number>, interval: number) => (cursor: Cursor): Pattern | undefined => {
  if (cursor.take("days") !== "workday" || nth.some((it) => it > 23)) return undefined
  ofTheMonth(cursor)
  return { frequency: "MONTHLY", interval, byDay: weekdays(workdays), bySetPos: nth }
}

/** `15th`, `1st and 15th`, `last day`. */
const nthDay = (nth: ReadonlyArray<number>, interval: number) => (cursor: Cursor): Pattern | undefined => {
  const isDay = cursor.attempt((it) => it.take("unit") === "day" ? true : undefined) === true
  const isOf = ofTheMonth(cursor)
  const [day] = nth
  if (nth.some((it) => it > 31) || (day === -1 && !isDay)) return undefined
  return {
    frequency: "MONTHLY",
    interval,
    ...(nth.length === 1 && day! > 0 ? clamped(day!) : { byMonthDay: nth }),
    ...(isDay || isOf ? {} : { weak: true })
  }
}

/** Days of a month, so many months apart: `15th`, `last day`, `3rd friday`, `first workday of the month`. */
export const ofMonth = (cursor: Cursor, interval: number): Pattern | undefined => {
  cursor.role("the")
  const nth = [...new Set(list(cursor, (it) => it.take("ordinal")))]
  if (nth.length === 0 || nth.includes(0)) return undefined
  const { at } = cursor
  const isUnit = interval === 1 && nth[0]! > 1 && cursor.take("unit") === "day" && !ofTheMonth(cursor)
  cursor.at = at
  // "2nd day" is each second one, and no day of a month.
  if (isUnit) return undefined
  return cursor.longest([nthWeekday(nth, interval), nthWorkday(nth, interval)]) ?? nthDay(nth, interval)(cursor)
}

/** A day of each year: `jan 27`, `27th of january`. */
export const dayOfYear = (cursor: Cursor, interval: number): Pattern | undefined => {
  cursor.role("the")
  const before = cursor.take("month")
  const day = cursor.take("ordinal") ?? cursor.take("number")
  if (day === undefined) return undefined
  if (before === undefined) cursor.role("of")
  const month = before ?? cursor.take("month")
  return month === undefined ? undefined : yearly(month, day, interval)
}
