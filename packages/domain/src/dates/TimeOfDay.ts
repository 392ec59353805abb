import { Schema } from "effect"

/** A time on the wall, to the minute, from `00:00` to `23:59`. */
export const TimeOfDay = Schema.String.check(
  Schema.isPattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
    message: "Expected a time of day from 00:00 to 23:59, such as 09:30"
  })
).pipe(Schema.brand("TimeOfDay")).annotate({
  identifier: "TimeOfDay",
  description: "A time on the wall, to the minute.",
  examples: ["09:30" as never]
})
export type TimeOfDay = typeof TimeOfDay.Type

/** The minutes since 00:00. */
export const minutesOf = (time: TimeOfDay): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The time so many minutes after 00:00: 0 to 1439. */
export const timeOf = (minutes: number): TimeOfDay => {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  return `${hour < 10 ? "0" : ""}${hour}:${minute < 10 ? "0" : ""}${minute}` as TimeOfDay
}
