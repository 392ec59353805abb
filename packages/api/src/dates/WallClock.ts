import { dateOf, dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { minutesOf, timeOf, type TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { millisOfDay, shiftNear } from "./ZoneShifts.ts"

/** A date and a time on a wall as one number: the milliseconds that they were since 1970-01-01T00:00, were they in UTC. */
export const wallOf = (date: DateOnly, time: TimeOfDay): number =>
  dayNumber(date) * millisOfDay + minutesOf(time) * 60_000

/** The date of a wall time. */
export const dateOfWall = (wall: number): DateOnly => dateOf(Math.floor(wall / millisOfDay))

/** The time of a wall time, to the minute. */
export const timeOfWall = (wall: number): TimeOfDay =>
  timeOf(Math.floor((wall - Math.floor(wall / millisOfDay) * millisOfDay) / 60_000))

/**
 * The instant of a time on the wall, in milliseconds: the one function by which zones are resolved. A time that the clock
 * leaves out is later by as much as it leaves out, one that it has twice is the first of them (RFC 5545, 3.3.5).
 */
export const instantOfWall = (wall: number, zone: TimeZoneName): number => {
  const { after, at, before } = shiftNear(zone, Math.floor(wall / millisOfDay))
  return wall - (wall < at + Math.max(before, after) ? before : after)
}

/** What the clock of a zone shows at an instant. */
export const wallAt = (instant: number, zone: TimeZoneName): number => {
  const { after, at, before } = shiftNear(zone, Math.floor(instant / millisOfDay))
  return instant + (instant < at ? before : after)
}

/** The instant of a date and a time in a zone, in milliseconds: see `instantOfWall`. */
export const instantOf = (date: DateOnly, time: TimeOfDay, zone: TimeZoneName): number =>
  instantOfWall(wallOf(date, time), zone)
