import type { DateOnly } from "../../src/dates/DateOnly.ts"
import type { DateValue } from "../../src/filter/DateValue.ts"
import { datesOn, readDay } from "../../src/words/Days.ts"
import { languages } from "../../src/words/Languages.ts"
import type { Moment } from "../../src/words/Moment.ts"

/** Somebody whose weeks begin on Monday and who writes days before months. */
export const momentOn = (today: string, language: keyof typeof languages = "en"): Moment => ({
  now: Date.parse(today),
  today: today as DateOnly,
  timeZone: "Etc/UTC" as Moment["timeZone"],
  weekStart: "mon",
  dateOrder: "dmy",
  language: languages[language],
  zones: { wallAt: (instant) => instant, instantOfWall: (wall) => wall }
})

/** A Wednesday. */
export const wednesday = "2026-09-30" as DateOnly
export const dates = datesOn(wednesday)

/** The day that a date of a filter is. */
export const dayOn = (today: string) => (value: DateValue) => {
  const found = readDay(value, momentOn(today))
  if (found === undefined) throw new Error(`${value} is no day`)
  return found
}
