import { addDays, dateOf, dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { StatsOfDay } from "@todo/domain/stats/StatsApi"
import { Effect } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import { asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import { localDateOf, startOfDay } from "../dates/LocalDay.ts"
import { setPlace } from "../dates/SetPlace.sql.ts"

interface Counted {
  /** How many are open now. */
  readonly open: number
  /** The day, from 1 on; null where nothing was counted. */
  readonly day: number | null
  readonly done: number | null
  /** Tasks that are done for good. */
  readonly closed: number | null
  readonly added: number | null
}

/**
 * When days begin ($3) says what belongs to which. What repeats has all that was done of it on record. What was done before
 * it was made was open from then on.
 */
const counting = `SELECT o.open, d.day, d.done, d.closed, d.added FROM (
    SELECT count(*)::integer AS open FROM todo.tasks t
      WHERE t.user_id = me.uid AND t.completed_at IS NULL AND t.trashed_at IS NULL
  ) o LEFT JOIN (
    SELECT width_bucket(x.moment, $3::timestamptz[]) AS day,
        sum(x.done)::integer AS done, sum(x.closed)::integer AS closed, sum(x.added)::integer AS added
      FROM (
        SELECT t.completed_at, (t.completion IS NULL)::integer, 1, 0 FROM todo.tasks t
          WHERE t.user_id = me.uid AND t.trashed_at IS NULL AND t.completed_at >= ($3::timestamptz[])[1]
        UNION ALL
        SELECT c.completed_at, 1, 0, 0 FROM todo.completions c JOIN todo.tasks t ON t.user_id = me.uid AND t.id = c.task_id
          WHERE c.user_id = me.uid AND NOT c.skipped AND c.completed_at >= ($3::timestamptz[])[1]
            AND t.trashed_at IS NULL AND c.nth <= (t.completion ->> 'nth')::integer
        UNION ALL
        SELECT least(t.created_at, t.completed_at), 0, 0, 1 FROM todo.tasks t
          WHERE t.user_id = me.uid AND t.trashed_at IS NULL
            AND least(t.created_at, t.completed_at) >= ($3::timestamptz[])[1]
      ) x (moment, done, closed, added) GROUP BY 1
  ) d ON true`

/** Makes what tells of the last days what was done. */
export const stats = Effect.gen(function*() {
  const statements = yield* Statements
  const placeOfUser = throughDoor<{ place: SetPlace | null }>(statements, `SELECT ${setPlace("me.uid")} AS place`)
  const count = throughDoor<Counted, [starts: ReadonlyArray<string>]>(statements, counting)
  return Effect.fnUntraced(function*(days: number) {
    const who = yield* asking
    const place = placeOf(who, (yield* placeOfUser())[0]?.place)
    const today = localDateOf(who.now, place)
    const first = dateOf(Math.max(0, dayNumber(today) - days + 1))
    const dates: Array<DateOnly> = []
    for (let date = first; date <= today; date = addDays(date, 1)) dates.push(date)
    const counted = yield* count(dates.map((date) => new Date(startOfDay(date, place)).toISOString()))
    const byDay = new Map(counted.flatMap((row) => row.day === null ? [] : [[row.day, row]]))
    let open = counted[0]?.open ?? 0
    const told: Array<StatsOfDay> = []
    for (const [index, date] of [...dates.entries()].toReversed()) {
      const { added, closed, done } = byDay.get(index + 1) ?? { added: 0, closed: 0, done: 0 }
      told.unshift({ date, done: done ?? 0, added: added ?? 0, open })
      open += (closed ?? 0) - (added ?? 0)
    }
    return { days: told }
  })
})
