import { Schema } from "effect"
import { DateOnly } from "../dates/DateOnly.ts"
import type { Due } from "../dates/Due.ts"
import { TimeOfDay } from "../dates/TimeOfDay.ts"

const isOccurrence = Schema.is(Schema.TemplateLiteral([DateOnly, "T", TimeOfDay]))

/**
 * A date of a repetition, by which it is called: `2026-10-25`, or `2026-10-25T09:30` on the wall. It stays what the rule
 * says where the task is done or due on another day.
 */
export const Occurrence = Schema.String.annotate({
  description: "The date of a repetition, with its time if it has one.",
  examples: ["2026-10-25T09:30"]
}).check(
  Schema.makeFilter((text: string) =>
    (text.length === 10 ? Schema.is(DateOnly)(text) : isOccurrence(text)) ||
    "Expected an occurrence, such as 2026-10-25 or 2026-10-25T09:30"
  )
).pipe(Schema.brand("Occurrence")).annotate({ identifier: "Occurrence", examples: ["2026-10-25T09:30" as never] })
export type Occurrence = typeof Occurrence.Type

/** The occurrence of a date, at a time of it or all day long. */
export const occurrenceOf = (date: DateOnly, time: TimeOfDay | null): Occurrence =>
  (time === null ? date : `${date}T${time}`) as Occurrence

/** The date of an occurrence. */
export const dateOfOccurrence = (occurrence: Occurrence): DateOnly => occurrence.slice(0, 10) as DateOnly

/** The time of an occurrence; null when it is all day long. */
export const timeOfOccurrence = (occurrence: Occurrence): TimeOfDay | null =>
  occurrence.length === 10 ? null : occurrence.slice(11) as TimeOfDay

/** The occurrence that a task is, which is due so. */
export const occurrenceDue = (due: Due): Occurrence => occurrenceOf(due.date, "time" in due ? due.time : null)
