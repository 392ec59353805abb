import { RecurrenceNotExpressible } from "@todo/domain/dates/DateProblems"
import { EmptyTitle } from "@todo/domain/quick/QuickProblems"
import type { Unreadable } from "@todo/domain/words/Reading"

/** How it is said that a line of a text makes no task. What is no date and no rule is words of its title. */
export const unreadable = (
  { code, from: position, message }: Unreadable,
  path: ReadonlyArray<string>
): EmptyTitle | RecurrenceNotExpressible => {
  const place = { path, position, detail: `${message} (at ${position})` }
  return code === "recurrence_not_expressible" ? new RecurrenceNotExpressible(place) : new EmptyTitle(place)
}
