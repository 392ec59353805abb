import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import * as fc from "fast-check"
import { changes, zones } from "../dates/changes.ts"

const list = (values: ReadonlyArray<string | number>, most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most }).map((chosen) => chosen.join(","))

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
const numbered = weekdays.flatMap((day) => [day, ...[1, 2, 3, 4, 5, -1, -2, -5].map((ordinal) => `${ordinal}${day}`)])
const monthDays = [1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -29, -30, -31]
const months = Array.from({ length: 12 }, (_, index) => index + 1)

/** Of the rules that the schema lets through, the text of one. */
export const ruleText = fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY").chain((frequency) => {
  const part = (name: string, values: fc.Arbitrary<string>, weight: number) =>
    fc.oneof(
      { weight: 10 - weight, arbitrary: fc.constant("") },
      { weight, arbitrary: values.map((it) => `;${name}=${it}`) }
    )
  const numbers = frequency === "MONTHLY" || frequency === "YEARLY"
  return fc.tuple(
    part("INTERVAL", fc.oneof(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 366 })).map(String), 6),
    part("COUNT", fc.integer({ min: 1, max: 12 }).map(String), 3),
    part("BYMONTH", list(months, 4), 3),
    part("BYMONTHDAY", list(monthDays, 4), frequency === "WEEKLY" ? 0 : 4),
    part("BYDAY", list(numbers ? numbered : weekdays, 4), 5),
    part("BYSETPOS", list([1, 2, 3, -1, -2], 2), 3),
    part("WKST", fc.constantFrom(...weekdays), 3)
  ).map((parts) => `FREQ=${frequency}${parts.join("")}`)
}).filter((text) => Result.isSuccess(parseRule(text, [])))

/** A zone, a date not long before its clock is changed or any other, and a time, most often of the hours that change. */
export const beginning = fc.constantFrom(...zones).chain((zone) => {
  const instants = changes(zone)
  return fc.record({
    zone: fc.constant(zone),
    date: fc.oneof(
      fc.integer({ min: 0, max: 25_000 }),
      fc.tuple(fc.constantFrom(864_000_000_000, ...instants), fc.integer({ min: 0, max: 40 }))
        .map(([instant, days]) => Math.max(1, Math.floor(instant / 86_400_000) - days))
    ).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10) as DateOnly),
    time: fc.oneof(
      fc.constantFrom("00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "03:00", "09:00", "23:30"),
      fc.constant(null)
    )
  })
})
