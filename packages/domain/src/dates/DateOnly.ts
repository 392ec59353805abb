import { Schema } from "effect"
import { daysInMonth } from "./CivilDate.ts"

const shape = /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** Whether a text is a date as it is written here, and one that exists. */
export const isDate = (text: string): boolean => {
  const [, year, month, day] = shape.exec(text) ?? []
  return day !== undefined && Number(day) <= daysInMonth(Number(year), Number(month))
}

/** A date of a calendar, without time and zone (RFC 3339, full-date), of the years 1970 to 9999. It is never an instant. */
export const DateOnly = Schema.String.annotate({
  description: "A date, without time and zone.",
  format: "date",
  examples: ["2026-10-25"]
}).check(
  Schema.makeFilter((text: string) => isDate(text) || "Expected a date that exists, such as 2026-10-25, from 1970 on")
).pipe(Schema.brand("DateOnly")).annotate({ identifier: "Date", examples: ["2026-10-25" as never] })
export type DateOnly = typeof DateOnly.Type
