import { weekdayOf } from "../dates/CivilDate.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, type Day, todayOf } from "./Day.ts"
import { duration, later } from "./Duration.ts"
import { startOf } from "./Week.ts"

/** `3 days ago`, `vor 3 Tagen`. */
const ago = (cursor: Cursor): Day | undefined => {
  const before = cursor.role("past")
  const length = duration(cursor)
  if (length === undefined || !(before || cursor.role("ago"))) return undefined
  return certain(later(todayOf(cursor.moment), { ...length, many: -length.many }))
}

/** `last friday`, which is before today; `last week`, which is its first day. */
const last = (cursor: Cursor): Day | undefined => {
  cursor.role("the")
  if (cursor.take("ordinal") !== -1) return undefined
  const { moment } = cursor
  const weekday = cursor.take("weekday")
  if (weekday !== undefined) return certain(todayOf(moment) - (weekdayOf(todayOf(moment)) - weekday + 6) % 7 - 1)
  const unit = cursor.take("unit")
  return unit === undefined || unit === "day" ? undefined : certain(startOf(unit, -1, moment))
}

/** Days that have been, in ways in which nobody says when something is to be done. */
export const pastDays = [ago, last]
