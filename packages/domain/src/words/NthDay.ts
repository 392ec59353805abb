import { civil, dayOf, daysInMonth, weekdayOf } from "../dates/CivilDate.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, coming, type Day, todayOf } from "./Day.ts"
import { dayIf } from "./Shapes.ts"
import { isNext } from "./Week.ts"

/** The day of the nth weekday of a month, or of its nth day; -1 is the last one. None where it has fewer. */
const nthOf = (year: number, month: number, nth: number, weekday: number | undefined): number | undefined => {
  const length = daysInMonth(year, month)
  if (weekday === undefined) return dayIf(year, month, nth < 0 ? length + 1 + nth : nth)
  const first = dayOf(year, month, 1)
  const start = (weekday - weekdayOf(first) + 7) % 7
  const day = nth > 0 ? start + 7 * (nth - 1) : start + 7 * (Math.floor((length - 1 - start) / 7) + 1 + nth)
  return nth !== 0 && day >= 0 && day < length ? first + day : undefined
}

/** `next month`, `the month`: how many months that is from this one. */
const monthAhead = (cursor: Cursor): number | undefined => {
  cursor.role("the")
  const next = isNext(cursor)
  if (!next) cursor.role("this")
  return cursor.take("unit") === "month" ? (next ? 1 : 0) : undefined
}

/** `first monday of december`, `last friday of next month`, `last day of october`, `5th of next month`. */
export const nthDay = (cursor: Cursor): Day | undefined => {
  cursor.role("the")
  const nth = cursor.take("ordinal")
  if (nth === undefined) return undefined
  const weekday = cursor.take("weekday")
  const isDay = weekday === undefined && cursor.attempt((it) => it.take("unit") === "day" ? true : undefined) === true
  if (!cursor.role("of")) return undefined
  const today = todayOf(cursor.moment)
  const { month, year } = civil(today)
  const named = cursor.take("month")
  if (named === undefined) {
    const ahead = monthAhead(cursor)
    if (ahead === undefined) return undefined
    const of = month - 1 + ahead
    return certain(nthOf(year + Math.floor(of / 12), of % 12 + 1, nth, weekday))
  }
  if (weekday === undefined && !isDay) return undefined
  const given = cursor.attempt((it) => {
    const year = it.take("number")
    return year !== undefined && year >= 1970 && year <= 9999 ? year : undefined
  })
  if (given !== undefined) return certain(nthOf(given, named, nth, weekday))
  const days = Array.from({ length: 9 }, (_, index) => nthOf(year + index, named, nth, weekday) ?? -1)
  return coming(days.filter((it) => it >= today), "anywhere")
}
