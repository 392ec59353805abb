import type { Due } from "@todo/domain/dates/Due"
import type { Row } from "../database/Table.ts"
import { type Asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import { isReached } from "../dates/DueInstant.ts"

const isStillBlocked = (row: Row) => row["blocked"] === true

/** Whether what a task begins with has come; what has no start has begun. */
const hasStarted = (row: Row, asking: Asking) => {
  const start = (row["start"] ?? null) as Due | null
  return start === null || isReached(start, asking.now, placeOf(asking, row["place"] as SetPlace | null | undefined))
}

/** Whether a task is in a list of what there is to do: not done, and not in the trash. */
const isOpen = (row: Row) => (row["completed_at"] ?? null) === null && (row["trashed_at"] ?? null) === null

/** What is told of a task by what is around it, at the moment of the answer. */
export const derivedOfTrees = {
  ready: (row: Row, asking: Asking): boolean =>
    isOpen(row) && !isStillBlocked(row) && row["archived"] !== true && hasStarted(row, asking),
  blocked: isStillBlocked,
  openChildren: (row: Row): number => Number(row["open_children"] ?? 0)
}

/** What that is made from. It is in functions, which cost nothing where a row has no need of them: most have none. */
export const besideTrees = (row: string, user: string) => ({
  blocked: `${row}.blocked_by IS NOT NULL AND todo.is_blocked(${user}, ${row}.blocked_by)`,
  open_children: `CASE WHEN ${row}.is_parent THEN todo.open_children(${user}, ${row}.id) ELSE 0 END`
})
