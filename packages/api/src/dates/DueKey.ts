import type { Due } from "@todo/domain/dates/Due"
import type { DueRanges } from "./DueRanges.ts"
import { instantOf } from "./WallClock.ts"

/*
 * What a date is looked for by, as one text whose order by code units is that of the dates of its kind: `d` and the date
 * where it is all day long, `f` and the time on the wall where it floats, `z` and the instant where it is fixed. So one index
 * has all kinds, each as a range. All but the instant of a fixed time is as it was written: no zone moves it.
 */
type Kind = "d" | "f" | "z"

/** The last that there is: a later instant would have a year of five digits. */
const last = Date.UTC(9999, 11, 31, 23, 59, 59)
const first = Date.parse("0001-01-01")

const text = (millis: number, length: number) =>
  new Date(Math.max(first, Math.min(last, millis))).toISOString().slice(0, length)

const minutes = 16
const seconds = 19

/** The key of a date. */
export const dueKey = (due: Due): string =>
  !("time" in due)
    ? `d${due.date}`
    : due.timeZone === null
    ? `f${due.date}T${due.time}`
    : `z${text(instantOf(due.date, due.time, due.timeZone), seconds)}`

/** Keys from one on, up to another one that is not among them. */
export interface KeyRange {
  readonly from: string
  readonly to: string
}

/** The bound that no key of a kind is before, or none after: keys are to the minute, or the second. */
const bound = (kind: Kind, value: number, unit: number, length: number): string =>
  value === -Infinity
    ? kind
    : value === Infinity || value > last
    ? `${kind}~`
    : `${kind}${text(Math.ceil(value / unit) * unit, length)}`

/** The ranges of keys of what is due so. */
export const keyRanges = ({ dates, instants, walls }: DueRanges): ReadonlyArray<KeyRange> =>
  [
    { from: `d${dates.from ?? ""}`, to: dates.to === null ? "d~" : `d${dates.to}` },
    ...walls.map(({ from, to }) => ({
      from: bound("f", from, 60_000, minutes),
      to: bound("f", to, 60_000, minutes)
    })),
    { from: bound("z", instants.from, 1000, seconds), to: bound("z", instants.to, 1000, seconds) }
  ].filter(({ from, to }) => from < to)
