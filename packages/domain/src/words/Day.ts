import { dayNumber } from "../dates/CivilDate.ts"
import type { Moment } from "./Moment.ts"

/**
 * How much of a date a phrase is: one that is a date wherever it stands, one that is so at the end of a text alone, or one
 * that needs a word before it that says so.
 */
export type Strength = "anywhere" | "end" | "marked"

/** A day that was read, by its number. */
export interface Day {
  readonly day: number
  /** The next one that is called so: it is meant when a time of the first has passed. */
  readonly next?: number
  /** What else may be meant. */
  readonly other?: number
  readonly strength: Strength
}

/** A day that is one wherever it stands. */
export const certain = (day: number | undefined): Day | undefined =>
  day === undefined ? undefined : { day, strength: "anywhere" }

/** The first of some days, and the one after it. */
export const coming = ([day, next]: ReadonlyArray<number>, strength: Strength): Day | undefined =>
  day === undefined ? undefined : { day, ...(next === undefined ? {} : { next }), strength }

/** The number of the day that it is. */
export const todayOf = ({ today }: Moment): number => dayNumber(today)
