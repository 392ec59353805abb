import { addMonths, civil, dayOf, weekdayOf } from "../dates/CivilDate.ts"
import { weekStarts } from "../dates/WeekStart.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, type Day, todayOf } from "./Day.ts"
import type { Unit } from "./Language.ts"
import type { Moment } from "./Moment.ts"

const saturday = 5

/** A day of the week that is so many weeks after this one. */
const inWeek = (weekday: number, weeks: number, moment: Moment): number => {
  const today = todayOf(moment)
  const first = weekStarts[moment.weekStart]
  return today - (weekdayOf(today) - first + 7) % 7 + 7 * weeks + (weekday - first + 7) % 7
}

/** The first day of the day, week, month, quarter or year that is so many after this one. */
export const startOf = (unit: Unit, later: number, moment: Moment): number | undefined => {
  const { month, year } = civil(todayOf(moment))
  switch (unit) {
    case "day":
      return todayOf(moment) + later
    case "week":
      return inWeek(weekStarts[moment.weekStart], later, moment)
    case "month":
      return dayOf(year, month + later, 1)
    case "quarter":
      return dayOf(year, month - (month - 1) % 3 + 3 * later, 1)
    case "year":
      return dayOf(year + later, 1, 1)
    default:
      return undefined
  }
}

const weekend = (cursor: Cursor): number | undefined =>
  cursor.take("again") === undefined && cursor.take("days") === "weekend" ? saturday : undefined

/** `next`, and `kommend` of weeks and months, which is the same there. */
export const isNext = (cursor: Cursor): boolean => cursor.role("next") || cursor.role("coming")

const nextWeek = (cursor: Cursor): boolean =>
  cursor.attempt((it) => isNext(it) && it.take("unit") === "week" ? true : undefined) === true

/** `friday`, `this friday`, `next friday`, `friday next week`, `this weekend`; `the friday` and a weekend alone after "on". */
export const weekday = (cursor: Cursor): Day | undefined => {
  const { moment } = cursor
  const today = todayOf(moment)
  const the = cursor.role("the")
  const next = cursor.role("next")
  const current = !next && cursor.role("this")
  // "This coming friday" is the coming one, as it is without a word.
  const isComing = !next && cursor.role("coming")
  const plain = cursor.take("weekday")
  const day = plain ?? weekend(cursor)
  if (day === undefined) return undefined
  const coming = today + (day - weekdayOf(today) + 6) % 7 + 1
  const following = inWeek(day, 1, moment)
  if (next) return { day: following, ...(coming === following ? {} : { other: coming }), strength: "anywhere" }
  if (nextWeek(cursor)) return certain(following)
  const inThis = inWeek(day, 0, moment)
  if (!current && !isComing && (the || plain === undefined)) return { day: coming, strength: "marked" }
  if (plain === undefined && weekdayOf(today) === 6 && moment.weekStart !== "sun") return certain(today)
  const isToday = weekdayOf(today) === day && !current && !isComing
  if (isToday) return { day: coming, other: today, strength: "anywhere" }
  return certain(current && !isComing && inThis >= today ? inThis : coming)
}

/** `next week`, `next month`, `next week friday`. */
export const nextUnit = (cursor: Cursor): Day | undefined => {
  cursor.role("the")
  const unit = isNext(cursor) ? cursor.take("unit") : undefined
  const day = unit === undefined || unit === "day" ? undefined : startOf(unit, 1, cursor.moment)
  const weekday = unit === "week" ? cursor.attempt((it) => it.take("weekday")) : undefined
  return certain(weekday === undefined ? day : inWeek(weekday, 1, cursor.moment))
}

/** The first day of a month by its name: of the next one that has not ended. */
const startOfMonth = (month: number, moment: Moment): number => {
  const today = civil(todayOf(moment))
  return dayOf(month < today.month ? today.year + 1 : today.year, month, 1)
}

/** `end of week`, `at the end of next month`, `end of october`, `beginning of next year`. */
export const edge = (cursor: Cursor): Day | undefined => {
  const { moment } = cursor
  cursor.role("at")
  cursor.role("the")
  const end = cursor.role("end")
  if (!end && !cursor.role("start")) return undefined
  cursor.role("of")
  const month = cursor.take("month")
  if (month !== undefined) {
    const start = startOfMonth(month, moment)
    return certain(end ? addMonths(start, 1) - 1 : start < todayOf(moment) ? addMonths(start, 12) : start)
  }
  cursor.role("the")
  const next = isNext(cursor)
  if (!next) cursor.role("this")
  const unit = cursor.take("unit")
  const start = unit === undefined ? undefined : startOf(unit, (next ? 1 : 0) + (end ? 1 : 0), moment)
  return certain(start === undefined || !end ? start : start - 1)
}
