import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { English } from "@todo/domain/words/English"
import type { Moment } from "@todo/domain/words/Moment"
import { zones } from "./zones.ts"

/** A moment of somebody whose days end at midnight: Wednesday, 30 September 2026, two in the afternoon, unless it is said. */
export const momentAt = (
  { now = "2026-09-30T12:00:00Z", timeZone = "Europe/Berlin", ...given }:
    & { readonly now?: string; readonly timeZone?: string }
    & Partial<Pick<Moment, "weekStart" | "dateOrder" | "language">> = {}
): Moment => {
  const instant = Date.parse(now)
  const zone = timeZone as TimeZoneName
  return {
    now: instant,
    today: new Date(zones.wallAt(instant, zone)).toISOString().slice(0, 10) as DateOnly,
    timeZone: zone,
    weekStart: "mon",
    dateOrder: "dmy",
    language: English,
    zones,
    ...given
  }
}
