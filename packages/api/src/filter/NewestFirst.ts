import type { Bind } from "./DateSql.ts"
import type { OrderKey } from "./TaskList.ts"

/** A page of the newest of a list that is to be found. */
interface Wanted {
  /** The condition of the list, and where the page begins. */
  readonly where: string
  /** What of it indexes have: with what tasks are looked for that are few among the newest. */
  readonly indexed: string
  /** The number of the row before the page; undefined where it is the first. */
  readonly from: number | undefined
  readonly limit: string
}

/** Whether an order is of the newest first. */
export const isNewestFirst = ([key]: ReadonlyArray<OrderKey>): boolean =>
  key!.expression === "number" && key!.descending

/** How many numbers are looked at before all are. */
const near = 1000

/**
 * The condition of the tasks among which a page of the newest is. Where a list is of much of what a user has, there are
 * enough among the next numbers; where there are not, indexes find what it has, and that is little. The planner takes
 * each user for one who has few tasks, and would read and put in order all that such a list has.
 */
export const amongNewest = ({ from, indexed, limit, where }: Wanted, bind: Bind): string => {
  const own = "FROM todo.tasks WHERE user_id = me.uid AND"
  const newest = `ORDER BY number DESC LIMIT ${limit}`
  const next = from === undefined
    ? "(SELECT k.last_number::bigint + 1 FROM todo.counters k WHERE k.user_id = me.uid)"
    : `${bind(from)}::bigint`
  // A fence around what is near: it is read by its numbers, whatever other indexes the condition has.
  return `trashed_at IS NULL AND number = ANY (ARRAY(
    WITH near AS MATERIALIZED (
      SELECT number FROM (
        SELECT * ${own} trashed_at IS NULL AND number < ${next} AND number >= ${next} - ${near} OFFSET 0
      ) tasks WHERE ${where} ${newest}
    )
    SELECT number FROM near UNION ALL (
      SELECT number ${own} ${where}${indexed} AND (SELECT count(*) FROM near) < ${limit} ${newest}
    )))`
}
