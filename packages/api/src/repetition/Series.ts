import { addMonths, dateOf, dayNumber, lastDay } from "@todo/domain/dates/CivilDate"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { dateOfOccurrence, type Occurrence, occurrenceOf, timeOfOccurrence } from "@todo/domain/repetition/Occurrence"
import type { Rule } from "@todo/domain/repetition/Rule"
import { daysFrom, isDayRule } from "@todo/domain/repetition/RuleDays"
import { localDateOf, type Place, startOfDay } from "../dates/LocalDay.ts"
import { dateOfWall, instantOf, timeOfWall, wallAt, wallOf } from "../dates/WallClock.ts"

/** What a repetition is made of: its rule, its first date, where it has come to, and how the next one is found. */
export interface Series {
  readonly rule: Rule
  readonly from: "schedule" | "completion"
  readonly missed: "skip" | "each"
  /** The zone of a fixed time; null where the time floats or there is none. */
  readonly timeZone: TimeZoneName | null
  /** The first occurrence, whatever the rule says of it: intervals count from it. */
  readonly first: Occurrence
  /** The occurrence that the task is now. */
  readonly current: Occurrence
  /** Which one of COUNT `current` is, from 1; 1 where the rule has no COUNT. */
  readonly ordinal: number
}

/** Where a series goes on; none where it has ended. */
type Next = Pick<Series, "current" | "ordinal">

/** The instant of an occurrence; none when it is all day long. */
export const instantOfOccurrence = (occurrence: Occurrence, zone: TimeZoneName): number | null => {
  const time = timeOfOccurrence(occurrence)
  return time === null ? null : instantOf(dateOfOccurrence(occurrence), time, zone)
}

/** Whether an occurrence is within UNTIL. All day long, its date counts, whatever the time of UNTIL. */
const isWithin = (rule: Rule, occurrence: Occurrence, zone: TimeZoneName): boolean => {
  const { until } = rule
  if (until === undefined) return true
  if (until.time === undefined || occurrence.length === 10) return dateOfOccurrence(occurrence) <= until.date
  if (!until.utc) return `${occurrence}:00` <= `${until.date}T${until.time}`
  return instantOfOccurrence(occurrence, zone)! <= Date.parse(`${until.date}T${until.time}Z`)
}

/** What is after the current occurrence, in order, with its number. */
const following = function*(series: Series, from: number, zone: TimeZoneName): Generator<Next> {
  const { current, first, rule } = series
  if (!isDayRule(rule)) return
  const time = timeOfOccurrence(current)
  const after = dayNumber(dateOfOccurrence(current)) + 1
  // With COUNT each that is passed over counts too: at most 1,000.
  let ordinal = series.ordinal
  const start = rule.count === undefined ? Math.max(after, from) : after
  for (const day of daysFrom(rule, dayNumber(dateOfOccurrence(first)), start)) {
    if (rule.count !== undefined && ++ordinal > rule.count) return
    if (day < from) continue
    const next = occurrenceOf(dateOf(day), time)
    if (!isWithin(rule, next, zone)) return
    yield { current: next, ordinal }
  }
}

/** By the hour: time that passes, on a wall that is UTC. */
const hourly = ({ current, first, ordinal, rule }: Series, after: number): Next | undefined => {
  const step = rule.interval * 3_600_000
  const wall = (occurrence: Occurrence) => wallOf(dateOfOccurrence(occurrence), timeOfOccurrence(occurrence)!)
  const start = wall(first)
  const was = Math.floor((wall(current) - start) / step)
  const nth = Math.floor((Math.max(after, wall(current)) - start) / step) + 1
  const next = start + nth * step
  const counted = rule.count === undefined ? ordinal : ordinal + nth - was
  if (counted > (rule.count ?? Infinity) || next >= (lastDay + 1) * 86_400_000) return undefined
  const occurrence = occurrenceOf(dateOfWall(next), timeOfWall(next))
  return isWithin(rule, occurrence, utc) ? { current: occurrence, ordinal: counted } : undefined
}

const utc = "Etc/UTC" as TimeZoneName

/** The first occurrence after the current one and, where an instant is given, after that: its own, or its date. */
const onSchedule = (series: Series, instant: number | undefined, place: Place): Next | undefined => {
  if (!isDayRule(series.rule)) return hourly(series, instant ?? -Infinity)
  const zone = series.timeZone ?? place.timeZone
  if (instant === undefined) return following(series, -Infinity, zone).next().value
  const time = timeOfOccurrence(series.current)
  if (time === null) return following(series, dayNumber(localDateOf(instant, place)) + 1, zone).next().value
  // What the clock leaves out may be of the day before.
  const from = Math.floor(wallAt(instant, zone) / 86_400_000) - 1
  for (const next of following(series, from, zone)) {
    if (instantOfOccurrence(next.current, zone)! > instant) return next
  }
  return undefined
}

/** A day, later by the interval of a rule; at the end of a month that is too short. */
const later = (day: number, { frequency, interval }: Rule): number => {
  switch (frequency) {
    case "YEARLY":
      return addMonths(day, 12 * interval)
    case "MONTHLY":
      return addMonths(day, interval)
    case "WEEKLY":
      return day + 7 * interval
    default:
      return day + interval
  }
}

/** The first that fits when the interval has passed since an instant, and after the current one in any case. */
const fromCompletion = (series: Series, instant: number, place: Place): Next | undefined => {
  const { current, rule } = series
  const zone = series.timeZone ?? place.timeZone
  const ordinal = rule.count === undefined ? series.ordinal : series.ordinal + 1
  if (ordinal > (rule.count ?? Infinity)) return undefined
  const at = (occurrence: Occurrence): Next | undefined =>
    isWithin(rule, occurrence, zone) ? { current: occurrence, ordinal } : undefined
  if (!isDayRule(rule)) {
    const now = wallOf(dateOfOccurrence(current), timeOfOccurrence(current)!)
    const wall = Math.max(instant + rule.interval * 3_600_000, now + 3_600_000)
    return wall < (lastDay + 1) * 86_400_000 ? at(occurrenceOf(dateOfWall(wall), timeOfWall(wall))) : undefined
  }
  const done = dayNumber(localDateOf(instant, place))
  const from = Math.max(later(done, rule), dayNumber(dateOfOccurrence(current)) + 1)
  const [day] = daysFrom({ ...rule, interval: 1 }, from, from)
  return day === undefined ? undefined : at(occurrenceOf(dateOf(day), timeOfOccurrence(current)))
}

/** The occurrence that comes when the current one is done, or skipped, at an instant; none where the series ends. */
export const nextOccurrence = (series: Series, instant: number, place: Place): Next | undefined =>
  series.from === "completion"
    ? fromCompletion(series, instant, place)
    : onSchedule(series, series.missed === "each" ? undefined : instant, place)

/** The current occurrence and those after it, so many in all, as if each were done on its own date. */
export const occurrences = (series: Series, many: number, place: Place): ReadonlyArray<Occurrence> => {
  const found = [series.current]
  if (series.from === "schedule" && isDayRule(series.rule)) {
    for (const { current } of following(series, -Infinity, series.timeZone ?? place.timeZone)) {
      if (found.length >= many) break
      found.push(current)
    }
    return found
  }
  let at = series
  while (found.length < many) {
    const zone = at.timeZone ?? place.timeZone
    const done = instantOfOccurrence(at.current, zone) ?? startOfDay(dateOfOccurrence(at.current), place)
    const next = at.from === "completion" ? fromCompletion(at, done, place) : onSchedule(at, undefined, place)
    if (next === undefined) break
    found.push(next.current)
    at = { ...at, ...next }
  }
  return found
}
