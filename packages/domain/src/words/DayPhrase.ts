import { lastDay } from "../dates/CivilDate.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, type Day, todayOf } from "./Day.ts"
import { ahead, duration, later } from "./Duration.ts"
import { monthDay, numericDay, ordinalDay } from "./MonthDay.ts"
import { nthDay } from "./NthDay.ts"
import { edge, nextUnit, weekday } from "./Week.ts"

/** `today`, `tomorrow`. */
const near = (cursor: Cursor): Day | undefined => {
  const days = cursor.take("day")
  return days === undefined ? undefined : certain(todayOf(cursor.moment) + days)
}

const now = (cursor: Cursor): Day | undefined => cursor.role("now") ? certain(todayOf(cursor.moment)) : undefined

/** `3 days from now`, `a week on friday`, `a week after friday`, `the day after tomorrow`, `the day before friday`. */
const counted = (cursor: Cursor): Day | undefined => {
  cursor.role("the")
  const length = duration(cursor, true)
  if (length === undefined) return undefined
  const isLater = cursor.role("after") || (length.unit === "week" && cursor.role("weeksOn"))
  const sign = isLater ? 1 : cursor.role("before") ? -1 : 0
  const from = sign === 0 ? undefined : cursor.longest([near, weekday, monthDay, numericDay, now])
  return from === undefined ? undefined : certain(later(from.day, { ...length, many: sign * length.many }))
}

/** How days are said that something may be due on. */
export const dayWays = [near, weekday, nextUnit, edge, ahead, counted, monthDay, numericDay, ordinalDay, nthDay]

/** A day of the years that there are, in any way that it is said. */
export const day = (cursor: Cursor): Day | undefined => {
  const found = cursor.longest(dayWays)
  return found !== undefined && found.day >= 0 && found.day <= lastDay ? found : undefined
}
