import { dateOf, dayNumber, lastDay } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { dateOfOccurrence, type Occurrence, timeOfOccurrence } from "@todo/domain/repetition/Occurrence"
import type { Place } from "../dates/LocalDay.ts"
import { nextOccurrence, type Series } from "./Series.ts"

/** A repeating task, as far as its next dates go. When it is due now does not matter: that may have been moved. */
interface RepeatingTask {
  readonly series: Series
  readonly start: Due | null
}

/** What the dates of a task are at an occurrence of it. */
interface Advanced {
  readonly occurrence: Occurrence
  readonly ordinal: number
  readonly due: Due
  readonly start: Due | null
}

/** So many days later, in the years that there are. */
const moved = (due: Due, days: number): Due => ({
  ...due,
  date: dateOf(Math.max(0, Math.min(lastDay, dayNumber(due.date) + days)))
})

/**
 * The dates of a repeating task once its occurrence is done, or skipped, at an instant; none where that ends the series.
 * The due date is the next occurrence, even where it was moved before; the start keeps its distance to that, in days.
 */
export const advanced = (
  { series, start }: RepeatingTask,
  instant: number,
  place: Place
): Advanced | undefined => {
  const next = nextOccurrence(series, instant, place)
  if (next === undefined) return undefined
  const [date, time] = [dateOfOccurrence(next.current), timeOfOccurrence(next.current)]
  const days = dayNumber(date) - dayNumber(dateOfOccurrence(series.current))
  return {
    occurrence: next.current,
    ordinal: next.ordinal,
    due: time === null ? { date } : { date, time, timeZone: series.timeZone },
    start: start === null ? null : moved(start, days)
  }
}
