import { dateOf, dayNumber, lastDay } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { localDateOf, type Place, type Span, startOfDay } from "./LocalDay.ts"
import { wallAt } from "./WallClock.ts"
import { millisOfDay, shiftNear } from "./ZoneShifts.ts"

/** Values from one on, up to another one that is not among them; -Infinity and Infinity where there is no bound. */
type Range = Span

/**
 * What is to be looked for among the three kinds of dates, so that what is found is due in a span: `dates` among those of
 * all day (from, to exclusive; null is no bound), `walls` among those that float, as numbers of `wallOf`, and `instants`
 * among the fixed.
 */
export interface DueRanges {
  readonly dates: { readonly from: DateOnly | null; readonly to: DateOnly | null }
  readonly walls: ReadonlyArray<Range>
  readonly instants: Range
}

/**
 * The wall times whose instants are before one: the inverse of `instantOfWall`. They are two ranges just after a clock
 * was set forward, as what it left out is later by as much, and so are the times after it.
 */
const wallsBefore = (instant: number, zone: TimeZoneName): ReadonlyArray<Range> => {
  if (!Number.isFinite(instant)) return instant < 0 ? [] : [{ from: -Infinity, to: Infinity }]
  const wall = wallAt(instant, zone)
  const { after, at, before } = shiftNear(zone, Math.floor(instant / millisOfDay))
  if (instant >= at) {
    // Set back: all that the clock shows twice was before, the first time.
    if (after < before) return [{ from: -Infinity, to: Math.max(at + before, wall) }]
    if (instant < at + after - before) {
      return [{ from: -Infinity, to: instant + before }, { from: at + after, to: wall }]
    }
  }
  return [{ from: -Infinity, to: wall }]
}

/** What is in one of the ranges and in none of the others, both in order. */
const without = (ranges: ReadonlyArray<Range>, others: ReadonlyArray<Range>): ReadonlyArray<Range> =>
  others.reduce((left, { from, to }) =>
    left.flatMap((range) =>
      [
        { from: range.from, to: Math.min(range.to, from) },
        { from: Math.max(range.from, to), to: range.to }
      ].filter((it) => it.from < it.to)
    ), ranges)

/** The wall times whose instants, in a zone, are in a span; -Infinity and Infinity where it has no bound. */
export const wallsIn = ({ from, to }: Span, zone: TimeZoneName): ReadonlyArray<Range> =>
  without(wallsBefore(to, zone), wallsBefore(from, zone))

/** What is due from the beginning of a date to the beginning of another, in a place; null is no bound. */
export const dueOnDates = (from: DateOnly | null, to: DateOnly | null, place: Place): DueRanges => {
  const instants = {
    from: from === null ? -Infinity : startOfDay(from, place),
    to: to === null ? Infinity : startOfDay(to, place)
  }
  return { dates: { from, to }, walls: wallsIn(instants, place.timeZone), instants }
}

/** The day that it is, in a place, as `dueOnDates` has it. */
export const dueToday = (now: number, place: Place): DueRanges => {
  const today = localDateOf(now, place)
  const day = dayNumber(today)
  return dueOnDates(today, day === lastDay ? null : dateOf(day + 1), place)
}

/** What is late: timed before now, all day long before today. */
export const overdueAt = (now: number, place: Place): DueRanges => {
  const instants = { from: -Infinity, to: now }
  return {
    dates: { from: null, to: localDateOf(now, place) },
    walls: wallsIn(instants, place.timeZone),
    instants
  }
}
