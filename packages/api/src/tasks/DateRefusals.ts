import {
  InvalidDate,
  InvalidRule,
  RecurrenceNotExpressible,
  RepeatNeedsDue,
  UnknownTimeZone
} from "@todo/domain/dates/DateProblems"
import type { Unprocessable } from "@todo/domain/dates/Unprocessable"

/** How it is said that the dates of a body cannot be meant so. `at` is where the body is. */
export const dateProblem = (
  { code, message, nearest = [], path, position }: Unprocessable,
  at: { readonly path: ReadonlyArray<string | number>; readonly index?: number }
): InvalidDate | UnknownTimeZone | InvalidRule | RecurrenceNotExpressible | RepeatNeedsDue => {
  const place = { ...at, detail: message, path: [...at.path, ...path] }
  const words = { ...place, ...position !== undefined && { position } }
  switch (code) {
    case "invalid_date":
      return new InvalidDate(words)
    case "unknown_time_zone":
      return new UnknownTimeZone({ ...place, nearest })
    case "invalid_rule":
      return new InvalidRule(words)
    case "recurrence_not_expressible":
      return new RecurrenceNotExpressible(words)
    default:
      return new RepeatNeedsDue(place)
  }
}
