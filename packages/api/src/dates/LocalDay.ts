import { dateOf, dayNumber, lastDay } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { minutesOf, type TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { wallAt } from "./WallClock.ts"
import { millisOfDay, shiftNear } from "./ZoneShifts.ts"

/** Where somebody is, and when their days end: `00:00`, or `04:00` for night owls. */
export interface Place {
  readonly timeZone: TimeZoneName
  readonly dayEndsAt: TimeOfDay
}

/** Instants from one on, up to another one that is not among them, in milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The number of the day at an instant, in a place. Of clocks set back past the end of a day, the day stays ended. */
const dayAt = (instant: number, { dayEndsAt, timeZone }: Place): number => {
  const late = minutesOf(dayEndsAt) * 60_000
  const { after, at, before } = shiftNear(timeZone, Math.floor(instant / millisOfDay))
  const day = Math.floor((wallAt(instant, timeZone) - late) / millisOfDay)
  return instant >= at && after < before ? Math.max(day, Math.floor((at + before - 1 - late) / millisOfDay)) : day
}

/** The first instant of a day, by its number. */
const startOf = (day: number, { dayEndsAt, timeZone }: Place): number => {
  const wall = day * millisOfDay + minutesOf(dayEndsAt) * 60_000
  const { after, at, before } = shiftNear(timeZone, Math.floor(wall / millisOfDay))
  // Before the change, or not before the clock shows it; in between lies what the clock leaves out.
  return wall - before < at ? wall - before : Math.max(at, wall - after)
}

/** The date at an instant, in a place: that of the local time, less what the day before still takes of it. */
export const localDateOf = (instant: number, place: Place): DateOnly =>
  dateOf(Math.min(lastDay, Math.max(0, dayAt(instant, place))))

/** The first instant of a date, in a place. It need not be 00:00, nor `dayEndsAt`. */
export const startOfDay = (date: DateOnly, place: Place): number => startOf(dayNumber(date), place)

/** The instants of a date, in a place: often not 24 hours, and none of a date that the clock leaves out. */
export const spanOfDay = (date: DateOnly, place: Place): Span => {
  const day = dayNumber(date)
  return { from: startOf(day, place), to: startOf(day + 1, place) }
}
