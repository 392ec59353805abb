import { DateTime } from "effect"
import { relativeTime, timeUntil } from "./RelativeTime.ts"
import type { TableStyle } from "./Table.ts"

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const

const twoDigits = (value: number): string => String(value).padStart(2, "0")

/** Day and time on the clock of this machine's time zone (`TZ`), as in `26 Nov 2026, 14:54`. */
const localTime = (millis: number): string => {
  const date = new Date(millis)
  const day = `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`
  return `${day}, ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/**
 * A moment in full: on a terminal the local time and how far it is from now, as in `26 Nov 2026, 14:54 (31m ago)`;
 * elsewhere ISO 8601 in UTC.
 */
export const renderMoment = (at: DateTime.Utc, { columns, now }: Pick<TableStyle, "columns" | "now">): string => {
  if (columns === undefined) return DateTime.formatIso(at)
  const millis = DateTime.toEpochMillis(at)
  return `${localTime(millis)} (${millis > now ? timeUntil(millis, now) : relativeTime(millis, now)})`
}
