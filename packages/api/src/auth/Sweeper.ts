import { Effect, Layer, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import { recordBounds, workOffAgenda } from "../agenda/Agenda.ts"

/** How many rows a statement deletes: after a long pause all of them would take longer than a statement may. */
const atOnce = 5000

/**
 * Deletes what has expired and nothing else would: sessions, verifications,
 * rate limits that are full again, clients that have not signed in for half a
 * year, idempotency keys, and tokens for scripts that ended long ago. Several replicas may do it at the same time.
 */
export const sweep = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const expired = {
    session: sql`"expiresAt" < CURRENT_TIMESTAMP`,
    verification: sql`"expiresAt" < CURRENT_TIMESTAMP`,
    deviceCode: sql`"expiresAt" < CURRENT_TIMESTAMP - interval '1 hour'`,
    rate_limits: sql`full_at < CURRENT_TIMESTAMP`,
    familiar_clients: sql`seen_at < CURRENT_TIMESTAMP - interval '180 days'`
  }
  for (const [table, condition] of Object.entries(expired)) {
    const name = sql(`auth.${table}`)
    const sweepSome = Effect.map(
      sql<{ count: number }>`WITH gone AS (
        DELETE FROM ${name} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${name} WHERE ${condition} LIMIT ${atOnce})) RETURNING 1
      ) SELECT count(*)::integer AS count FROM gone`,
      (rows) => rows[0]!.count
    )
    const left = yield* Effect.repeat(sweepSome, { while: (count) => count === atOnce })
    yield* Effect.logDebug(`Swept auth.${table}, ${left} at last`)
  }
  // Of these a policy lets go what has had its time, whoever asks. A condition
  // here would read the rows, and nobody may read all of them.
  for (const table of ["idempotency_keys", "script_tokens"]) {
    const [swept] = yield* sql<{ count: number }>`WITH gone AS (
        DELETE FROM ${sql(`todo.${table}`)} RETURNING 1
      ) SELECT count(*)::integer AS count FROM gone`
    yield* Effect.logDebug(`Swept ${swept!.count} of todo.${table}`)
  }
})

/** Sweeps every ten minutes or so, as long as the service runs. What fails is tried again the next time. */
export const Sweeper = Layer.effectDiscard(
  sweep.pipe(
    Effect.andThen(workOffAgenda(recordBounds)),
    Effect.catch((error) => Effect.logWarning("Sweeping what has expired failed", error)),
    Effect.repeat(Schedule.jittered(Schedule.spaced("10 minutes"))),
    Effect.forkScoped
  )
)
