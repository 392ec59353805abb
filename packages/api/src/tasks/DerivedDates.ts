import type { Due } from "@todo/domain/dates/Due"
import type { Repeat } from "@todo/domain/repetition/Repeat"
import { languages } from "@todo/domain/words/Languages"
import { instantText } from "../database/InstantText.ts"
import type { Row } from "../database/Table.ts"
import { type Asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import { instantOfDue, isOverdue } from "../dates/DueInstant.ts"
import { saidRule } from "../words/SaidRule.ts"

/** A column of a task that is a date; of a row that is older than it there is none. */
const dateIn = (row: Row, column: string) => (row[column] ?? null) as Due | null

const placeIn = (row: Row, asking: Asking) => placeOf(asking, row["place"] as SetPlace | null | undefined)

const instantIn = (column: string) => (row: Row, asking: Asking): string | null => {
  const due = dateIn(row, column)
  if (due === null) return null
  const instant = instantOfDue(due, placeIn(row, asking))
  return instant === null ? null : instantText(instant)
}

/** How a task repeats, in words too: in those that it was given in, or in what its rule says in the user's language. */
export const saidRepeat = (row: Row): Repeat | null => {
  const repeat = (row["repeat"] ?? null) as Repeat | null
  if (repeat === null || repeat.text !== null) return repeat
  const { language = "en" } = (row["place"] ?? {}) as Partial<SetPlace>
  return { ...repeat, text: saidRule(repeat, languages[language]) }
}

/** What the dates of a task are for who asks, now. */
export const derivedDates = {
  dueAt: instantIn("due"),
  startAt: instantIn("start"),
  overdue: (row: Row, asking: Asking): boolean => {
    const due = dateIn(row, "due")
    return due !== null && (row["completed_at"] ?? null) === null
      && isOverdue(due, asking.now, placeIn(row, asking))
  }
}
