import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Due } from "@todo/domain/dates/Due"
import { localDateOf, type Place, spanOfDay } from "./LocalDay.ts"
import { instantOf } from "./WallClock.ts"

/** The instant at which something is due, in a place; null when it is due all day long, which is no instant. */
export const instantOfDue = (due: Due, { timeZone }: Pick<Place, "timeZone">): number | null =>
  "time" in due ? instantOf(due.date, due.time, due.timeZone ?? timeZone) : null

/** The date on which something is due for who is in a place. */
export const dateOfDue = (due: Due, place: Place): DateOnly => {
  const instant = instantOfDue(due, place)
  return instant === null ? due.date : localDateOf(instant, place)
}

/** Whether it is late: past its instant, or on a later date where it is due all day long. */
export const isOverdue = (due: Due, now: number, place: Place): boolean => {
  const instant = instantOfDue(due, place)
  return instant === null ? localDateOf(now, place) > due.date : now > instant
}

/** Whether it has been reached: its instant, or its date where it is all day long. */
export const isReached = (start: Due, now: number, place: Place): boolean => {
  const instant = instantOfDue(start, place)
  return instant === null ? localDateOf(now, place) >= start.date : now >= instant
}

/** The instant by which it is sorted. All day long is the last millisecond of its day: after each time of it. */
export const sortInstantOfDue = (due: Due, place: Place): number =>
  instantOfDue(due, place) ?? spanOfDay(due.date, place).to - 1
