import { Effect, Layer, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import type { Expiry } from "../Feature.ts"
import { recordBounds, workOffAgenda } from "./Agenda.ts"
import { walkZones, zonesVersion } from "./FixedTimes.ts"

/** How many rows a statement deletes: after a long pause all of them would take longer than a statement may. */
const atOnce = 5000

const sweepTable = Effect.fnUntraced(function*({ after = "0 seconds", at, table }: Expiry) {
  const sql = yield* SqlClient.SqlClient
  const name = sql(table)
  // Where a policy decides, a condition would read the rows, and nobody may read all of them. It is said twice, since a
  // ctid is a place in a partition, and another may have something else there.
  const isOver = at === undefined ? sql`` : sql`${sql(at)} < CURRENT_TIMESTAMP - ${after}::interval`
  const some = at === undefined
    ? sql``
    : sql`WHERE ${isOver} AND ctid = ANY(ARRAY(SELECT ctid FROM ${name} WHERE ${isOver} LIMIT ${atOnce}))`
  const sweepSome = Effect.map(
    sql<{ count: number }>`WITH gone AS (DELETE FROM ${name} ${some} RETURNING 1)
      SELECT count(*)::integer AS count FROM gone`,
    (rows) => rows[0]!.count
  )
  const last = yield* Effect.repeat(sweepSome, { while: (count) => at !== undefined && count === atOnce })
  yield* Effect.logDebug(`Swept ${table}, ${last} at last`)
})

/** Deletes what has expired and nothing else would. Several replicas may do it at the same time. */
export const sweep = (expires: ReadonlyArray<Expiry>) => Effect.forEach(expires, sweepTable, { discard: true })

/** Sweeps every ten minutes or so, as long as the service runs. What fails is tried again the next time. */
export const sweeper = (expires: ReadonlyArray<Expiry>) =>
  Layer.effectDiscard(
    sweep(expires).pipe(
      Effect.andThen(walkZones(zonesVersion)),
      Effect.andThen(workOffAgenda(recordBounds)),
      Effect.catch((error) => Effect.logWarning("Sweeping what has expired failed", error)),
      Effect.repeat(Schedule.jittered(Schedule.spaced("10 minutes"))),
      Effect.forkScoped
    )
  )
