import type { Due } from "@todo/domain/dates/Due"
import { Clock, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { Statements } from "../database/connections/Statements.ts"
import { dueKey } from "../dates/DueKey.ts"

/** The data of zones that this process resolves them by, such as `2025b`: newer ones are greater. */
export const zonesVersion = process.versions["tz"] ?? ""

/** How many users are noted, and how many of a user's tasks are read, at once. */
const atOnce = { users: 1000, tasks: 500 }

/** How long nobody with older data has been there before all is gone through once more for what they have written meanwhile. */
const afterOlder = 3_600_000

/**
 * Where the data of zones are newer than those by which keys are made, goes through all users, and puts those who have fixed
 * times on the agenda. It goes on where it, or another replica, has come to.
 *
 * A replica with older data writes keys by those: it says each time that it is still there, and is followed once more.
 */
export const walkZones = Effect.fn("walkZones")(function*(version: string) {
  const sql = yield* SqlClient.SqlClient
  const { runLong } = yield* Statements
  const now = yield* Clock.currentTimeMillis
  yield* sql`UPDATE todo.zones SET version = ${version}, at = ${new Date(
    now
  )}, walked = NULL WHERE version < ${version}`
  yield* sql`UPDATE todo.zones SET at = ${new Date(now + afterOlder)}, walked = NULL WHERE version > ${version}`
  for (;;) {
    const [due] = yield* sql<{ at: Date; walked: string | null }>`SELECT at, walked FROM todo.zones
      WHERE version = ${version} AND at <= ${new Date(now)}`
    if (due === undefined) return
    const users = yield* sql<{ id: string }>`SELECT id FROM auth."user"
      ${due.walked === null ? sql`` : sql`WHERE id > ${due.walked}::uuid`} ORDER BY id LIMIT ${atOnce.users}`
    for (const { id } of users) yield* runLong("SELECT todo.note_fixed($1, $2)", [id, new Date(now)])
    const isOver = users.length < atOnce.users
    // Where another replica has come further meanwhile, or with other data, this is as that has it.
    yield* sql`UPDATE todo.zones SET at = ${isOver ? null : due.at}, walked = ${isOver ? null : users.at(-1)!.id}
      WHERE version = ${version} AND at = ${due.at} AND walked IS NOT DISTINCT FROM ${due.walked}::uuid`
    yield* Effect.logDebug(`Looked for fixed times of ${users.length} users`)
  }
})

interface FixedTimes {
  readonly id: string
  readonly start: Due | null
  readonly due: Due | null
  readonly start_key: string | null
  readonly due_key: string | null
}

const madeAnew = (task: FixedTimes): FixedTimes => ({
  ...task,
  start_key: task.start && dueKey(task.start),
  due_key: task.due && dueKey(task.due)
})

/**
 * Makes the keys of a user's fixed times anew, as was noted at `noted`: those that are otherwise by these data. With older
 * data than the newest it is left to others.
 */
export const rekeyTimes = Effect.fnUntraced(function*(user: string, noted: Date) {
  const sql = yield* SqlClient.SqlClient
  const { runLong } = yield* Statements
  const newer = yield* sql`SELECT FROM todo.zones WHERE version > ${zonesVersion}`
  if (newer.length > 0) return
  for (let after = "00000000-0000-0000-0000-000000000000";;) {
    const found = yield* runLong<FixedTimes>("SELECT * FROM todo.fixed_times($1, $2, $3)", [user, after, atOnce.tasks])
    const others = found.flatMap((task) => {
      const made = madeAnew(task)
      return made.start_key === task.start_key && made.due_key === task.due_key ? [] : [made]
    })
    if (others.length > 0) {
      const [answer] = yield* runLong<{ rekeyed: boolean }>("SELECT todo.rekey($1, $2) AS rekeyed", [
        user,
        JSON.stringify(others)
      ])
      // The next time.
      if (!answer!.rekeyed) return
    }
    if (found.length < atOnce.tasks) break
    after = found.at(-1)!.id
  }
  yield* runLong("SELECT todo.rekeyed($1, $2)", [user, noted])
})
