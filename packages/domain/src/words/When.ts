import { dateOf, dayNumber, lastDay } from "../dates/CivilDate.ts"
import type { Due } from "../dates/Due.ts"
import { minutesOf, timeOf } from "../dates/TimeOfDay.ts"
import { type TimeZoneName, zoneNamed } from "../dates/TimeZoneName.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, type Day, type Strength, todayOf } from "./Day.ts"
import { day } from "./DayPhrase.ts"
import { type Duration, duration } from "./Duration.ts"
import type { Moment } from "./Moment.ts"
import { evening, minutesOfDay, type Time, time, timeBehindDay, timeInPart } from "./Time.ts"

/** A date that was read, with what else it may be. */
export interface When {
  readonly due: Due
  readonly others: ReadonlyArray<Due>
  readonly strength: Strength
  /** Whether it is a time without a day. */
  readonly isTime?: boolean
}

const millisOfDay = 86_400_000
const millisOfMinute = 60_000
const utc = "Etc/UTC" as TimeZoneName

/** A day by its number, at a time in minutes or all day long. */
export const dueOf = (day: number, minutes: number | undefined, timeZone: TimeZoneName | null): Due =>
  minutes === undefined ? { date: dateOf(day) } : { date: dateOf(day), time: timeOf(minutes), timeZone }

/** The instant of a time of a day. */
export const instantOf = (
  day: number,
  minutes: number,
  zone: TimeZoneName | null,
  { timeZone, zones }: Moment
): number => zones.instantOfWall(day * millisOfDay + minutes * millisOfMinute, zone ?? timeZone)

/** The date of an instant, to the minute, in UTC; undefined where no calendar has it. */
export const dueInUtc = (instant: number): Due | undefined => {
  const minute = Math.floor(instant / millisOfMinute)
  const day = Math.floor(minute / minutesOfDay)
  return day < 0 || day > lastDay ? undefined : dueOf(day, minute - day * minutesOfDay, utc)
}

/** The instant of a date for who says it, at the beginning of a day that has no time. */
export const instantOfDue = (due: Due, moment: Moment): number => {
  const [minutes, zone] = "time" in due ? [minutesOf(due.time), due.timeZone] : [0, null]
  return instantOf(dayNumber(due.date), minutes, zone, moment)
}

/**
 * What is told of a day and a time of it, or one of them. What has passed and has a next one is that; of two halves of a day it
 * is the one that has not passed.
 */
const whenOf = (told: Day | undefined, time: Time | undefined, zone: TimeZoneName | null, moment: Moment): When => {
  const { day, next, other } = told ?? clockDay(zone, moment)
  // A night ends on the next day, with midnight before it.
  if (time !== undefined && time.minutes >= minutesOfDay) {
    const due = dueOf(Math.min(lastDay, day + 1), time.minutes - minutesOfDay, zone)
    return { due, others: [], strength: told === undefined ? time.strength : "anywhere" }
  }
  const passed = (minutes: number): boolean => instantOf(day, minutes, zone, moment) < moment.now
  const at = (minutes: number | undefined): Due =>
    dueOf(minutes !== undefined && next !== undefined && passed(minutes) ? next : day, minutes, zone)
  if (told !== undefined && time?.isPart === true && isOver(day, time.minutes, passed, moment)) {
    return { due: dueOf(day, undefined, null), others: [], strength: "anywhere" }
  }
  const isLater = time?.other !== undefined && passed(time.minutes) && !passed(time.other)
  const [minutes, half] = isLater ? [time.other, time.minutes] : [time?.minutes, time?.other]
  const due = at(minutes)
  return {
    due,
    others: [
      ...(other === undefined || isPast(other, minutes, zone, moment) ? [] : [dueOf(other, minutes, zone)]),
      ...(half === undefined ? [] : [at(half)]),
      ...(told !== undefined && due.date !== dateOf(day) ? [dueOf(day, minutes, zone)] : [])
    ],
    strength: told?.strength ?? time?.strength ?? "anywhere"
  }
}

/** Whether a time of today has passed: nobody means that. */
const isPast = (day: number, minutes: number | undefined, zone: TimeZoneName | null, moment: Moment): boolean =>
  day === todayOf(moment) && minutes !== undefined && instantOf(day, minutes, zone, moment) < moment.now

/** Whether it is in the evening of today that something is due, and evening by now. */
const isOver = (day: number, minutes: number, passed: (minutes: number) => boolean, moment: Moment): boolean =>
  day === todayOf(moment) && minutes >= evening && passed(minutes)

/** The day of a time that has none: the one on the wall, or the next. */
const clockDay = (zone: TimeZoneName | null, { now, timeZone, zones }: Moment): Day => {
  const day = Math.min(lastDay, Math.max(0, Math.floor(zones.wallAt(now, zone ?? timeZone) / millisOfDay)))
  return { day, next: Math.min(lastDay, day + 1), strength: "anywhere" }
}

/** `Europe/London`, `UTC`, `[Japan]`. */
export const zone = (cursor: Cursor): TimeZoneName | null =>
  cursor.attempt((it) => {
    const name = it.take("zone")
    return name === undefined ? undefined : zoneNamed(name)
  }) ?? null

/** `tomorrow`, `tomorrow 9am`, `friday at noon`, `tonight`, `oct 5 14:00 Europe/London`. */
const dayFirst = (cursor: Cursor): When | undefined => {
  const found = day(cursor)
  if (found === undefined) return undefined
  const also = cursor.last?.means.also
  const told = cursor.attempt((it) => {
    it.pause()
    const told = timeBehindDay(it)
    const found = also === undefined || told === undefined ? told : timeInPart(also, told)
    return found && { time: found, zone: zone(it) }
  })
  const said: Time | undefined = also === undefined
    ? undefined
    : { minutes: also, strength: "anywhere", isPart: true }
  return whenOf(found, told?.time ?? said, told?.zone ?? null, cursor.moment)
}

/** `9am tomorrow`, `at noon on friday`, `17:00`. */
const timeFirst = (cursor: Cursor): When | undefined => {
  const found = time(cursor)
  if (found === undefined) return undefined
  const where = zone(cursor)
  const told = cursor.attempt((it) => {
    it.pause()
    it.role("on")
    return day(it)
  })
  return { ...whenOf(told, found, where, cursor.moment), isTime: told === undefined }
}

/** `this evening`. */
const thisPart = (cursor: Cursor): When | undefined => {
  const minutes = cursor.role("this") ? cursor.take("part") : undefined
  return minutes === undefined
    ? undefined
    : whenOf(certain(todayOf(cursor.moment)), { minutes, strength: "anywhere", isPart: true }, null, cursor.moment)
}

/** `2026-10-02T09:00`. */
const stamp = (cursor: Cursor): When | undefined => {
  const found = cursor.take("stamp")
  return found && {
    due: dueOf(found.day, found.minutes, found.utc ? utc : zone(cursor)),
    others: [],
    strength: "anywhere"
  }
}

/** `half an hour`, `einer halben Stunde`. */
const halfHour = (cursor: Cursor): Duration | undefined => {
  const before = cursor.role("half")
  const isOne = cursor.take("amount") === 1
  const isHalf = before || cursor.role("half")
  return isOne && isHalf && cursor.take("unit") === "hour" ? { many: 30, unit: "minute" } : undefined
}

/** `in 90 minutes`: time that passes. Where the clock has that time twice and the second is meant, it is told in UTC. */
const elapsed = (cursor: Cursor): When | undefined => {
  const length = cursor.role("in") ? cursor.longest([duration, halfHour]) : undefined
  if (length === undefined || (length.unit !== "minute" && length.unit !== "hour")) return undefined
  const { now, timeZone, zones } = cursor.moment
  const minutes = length.many * (length.unit === "hour" ? 60 : 1)
  const instant = Math.floor(now / millisOfMinute + minutes) * millisOfMinute
  const wall = zones.wallAt(instant, timeZone)
  const isFirst = zones.instantOfWall(wall, timeZone) === instant
  const minute = Math.floor((isFirst ? wall : instant) / millisOfMinute)
  const day = Math.floor(minute / 1440)
  return day > lastDay
    ? undefined
    : { due: dueOf(day, minute - day * 1440, isFirst ? null : utc), others: [], strength: "anywhere" }
}

const ways = [dayFirst, timeFirst, thisPart, stamp, elapsed]

/** A date, with a time or without, in any way that it is said. */
export const when = (cursor: Cursor): When | undefined => cursor.longest(ways)
