import { maxPageBytes } from "@todo/domain/tasks/TaskPage"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { taskColumns, type TaskRow } from "./TaskRow.ts"

type Values = [from: number, to: number, limit: number]
type ShortValues = [...Values, share: number]

/*
 * A page is read in one statement without the descriptions that are longer than their equal share of it, and says
 * where there is one: the title is empty then, which no task's is. Only then it is read again, with a sum of the
 * lengths, which would cost PostgreSQL a fifth more for every list of 50 (docs/adr/0020). The length of a long text is
 * known without reading the text.
 */
const unlessTooLong = (column: string, otherwise: string) =>
  `CASE WHEN octet_length(description) > $6 THEN ${otherwise} ELSE ${column} END AS ${column}`

const shortColumns = taskColumns
  .replace("title", unlessTooLong("title", "''"))
  .replace(", description", `, ${unlessTooLong("description", "NULL")}`)

const isCut = ({ title }: TaskRow) => title === ""

const octetsBefore = `coalesce(
  sum(octet_length(title) + coalesce(octet_length(description), 0))
    OVER (ORDER BY number DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
) AS octets_before`

/**
 * Makes a read of tasks that `filter` lets through, newest first: `limit` of them, or where their text is longer than
 * a page may be, as many as fit and one more.
 */
export const readPage = (statements: Statements["Service"], filter: string) => {
  const page = (columns: string) =>
    `SELECT ${columns} FROM todo.tasks WHERE user_id = me.uid AND number BETWEEN $3 AND $4${filter}
      ORDER BY number DESC LIMIT $5`
  const short = throughDoor<TaskRow, ShortValues>(statements, page(shortColumns))
  // The limit is inside: only the page is summed up, and PostgreSQL need not put all tasks in order.
  const fitting = throughDoor<TaskRow, Values>(
    statements,
    `SELECT ${taskColumns} FROM (SELECT ${taskColumns}, ${octetsBefore} FROM (${page(taskColumns)}) page) page
      WHERE octets_before <= ${maxPageBytes} ORDER BY number DESC`
  )
  return (from: number, to: number, limit: number): Effect.Effect<ReadonlyArray<TaskRow>, DoorError, CurrentUser> =>
    Effect.filterOrElse(
      short(from, to, limit, Math.floor(maxPageBytes / limit)),
      (found) => !found.some(isCut),
      () => fitting(from, to, limit)
    )
}
