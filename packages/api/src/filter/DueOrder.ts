import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import type { Place } from "../dates/LocalDay.ts"
import { historyOf, type ZoneHistory } from "../dates/ZoneShifts.ts"
import type { Bind } from "./DateSql.ts"

/** A time without its zone, as PostgreSQL reads it. */
const clockText = (millis: number) => new Date(millis).toISOString().slice(0, -1)
const intervalText = (millis: number) => `${millis / 1000} s`
const arrayOf = (texts: ReadonlyArray<string>) => `{${texts.map((text) => `"${text}"`).join(",")}}`

/**
 * The clock of a zone as PostgreSQL is told of it, so that it resolves no zone itself: from which times on the wall on which
 * offset counts, of times (which are later where the clock left them out) and of the beginnings of days (which come
 * with the change); the offsets, of which there is one more; and the instants of the changes.
 */
const clockOf = ({ changes, first }: ZoneHistory) => ({
  times: arrayOf(changes.map(({ after, at, before }) => clockText(at + Math.max(before, after)))),
  days: arrayOf(changes.map(({ at, before }) => clockText(at + before))),
  offsets: arrayOf([first, ...changes.map(({ after }) => after)].map(intervalText)),
  instants: arrayOf(["-infinity", ...changes.map(({ at }) => clockText(at))])
})

/** What is later has a year of five digits. */
const last = "timestamp '9999-12-31 23:59:59.999'"

/**
 * The instant by which a date is put in order, of its key, for whoever is in a place: `sortInstantOfDue` in SQL, so that
 * dates of all kinds are in one order. All day long is the last millisecond of its day.
 */
export const sortInstant = (key: string, { dayEndsAt, timeZone }: Place, bind: Bind): string => {
  const { days, instants, offsets, times } = clockOf(historyOf(timeZone as TimeZoneName))
  const array = (text: string, kind: string) => `${bind(text)}::${kind}[]`
  const offset = array(offsets, "interval")
  const wall = `substr(${key}, 2)::timestamp`
  const end = `(substr(${key}, 2, 10)::date + 1 + ${bind(dayEndsAt)}::time)`
  const onDay = `width_bucket(${end}, ${array(days, "timestamp")}) + 1`
  return `(CASE left(${key}, 1)
      WHEN 'd' THEN least(${last}, greatest(
        ${end} - (${offset})[${onDay}], (${array(instants, "timestamp")})[${onDay}]
      ) - interval '1 millisecond')
      WHEN 'f' THEN least(${last}, ${wall} - (${offset})[width_bucket(${wall}, ${array(times, "timestamp")}) + 1])
      WHEN 'z' THEN ${wall} END AT TIME ZONE 'UTC')`
}
