import type { Row } from "../database/Table.ts"

/** What of a task says which others have to be done before it, as more of a SELECT. */
export const before = ", parent_id, to_jsonb(blocked_by) AS blocked_by"

/**
 * Tasks in an order in which all of them can be completed: each after what is below it, and after what it waits for. Of
 * those there are no circles.
 */
export const completable = <R extends Row>(rows: ReadonlyArray<R>): ReadonlyArray<R> => {
  const known = new Map(rows.map((row) => [row.id, { row, waits: 0, after: new Array<string>() }]))
  const wait = (id: string, other: string) => {
    const [waiting, first] = [known.get(id), known.get(other)]
    if (waiting === undefined || first === undefined) return
    waiting.waits++
    first.after.push(id)
  }
  for (const row of rows) {
    const parent = row["parent_id"] as string | null
    if (parent !== null) wait(parent, row.id)
    for (const blocker of row["blocked_by"] as ReadonlyArray<string> | null ?? []) wait(row.id, blocker)
  }
  const ready = [...known.values()].filter(({ waits }) => waits === 0)
  // It grows as it is gone through.
  for (const { after } of ready) {
    for (const id of after) {
      const waiting = known.get(id)!
      if (--waiting.waits === 0) ready.push(waiting)
    }
  }
  return ready.map(({ row }) => row)
}
