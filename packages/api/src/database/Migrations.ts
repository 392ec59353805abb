import { Effect, Schedule } from "effect"
import { Migrator, SqlClient, SqlError } from "effect/sql"
import { sqlStateOf } from "./connections/Outage.ts"
import { tellingFirstFailure } from "./FirstFailure.ts"
import { declareFunctions } from "./functions/SqlFunctions.ts"
import auth from "./migrations/0001_auth.ts"
import tasks from "./migrations/0002_tasks.ts"
import tokens from "./migrations/0003_tokens.ts"
import limits from "./migrations/0004_limits.ts"
import device from "./migrations/0005_device.ts"
import deviceRequests from "./migrations/0006_device_requests.ts"
import idempotency from "./migrations/0008_idempotency.ts"
import credentials from "./migrations/0010_credentials.ts"
import bounds from "./migrations/0011_bounds.ts"
import functions from "./migrations/0012_functions.ts"
import operations from "./migrations/0013_operations.ts"
import agenda from "./migrations/0015_agenda.ts"
import deletedAccounts from "./migrations/0016_deleted_accounts.ts"

const table = "todo_migrations"

const runPending = Migrator.make({})({
  loader: Migrator.fromRecord({
    "0001_auth": auth,
    "0002_tasks": tasks,
    "0003_tokens": tokens,
    "0004_limits": limits,
    "0005_device": device,
    "0006_device_requests": deviceRequests,
    "0008_idempotency": idempotency,
    "0010_credentials": credentials,
    "0011_bounds": bounds,
    "0012_functions": functions,
    "0013_operations": operations,
    "0015_agenda": agenda,
    "0016_deleted_accounts": deletedAccounts
  }),
  table
})

// Any number, but the same one in every release: replicas that start together queue on it.
const migrationLock = 7_460_311

/** PostgreSQL has waited for a lock for as long as it may, or two have waited for each other. */
const lockStates = new Set(["55P03", "40P01"])

const isInTheWay = (error: unknown) => {
  const refused = error instanceof Migrator.MigrationError ? error.cause : error
  return SqlError.isSqlError(refused) && lockStates.has(sqlStateOf(refused) ?? "")
}

/**
 * Runs what is to be run once on a database, then `afterwards`, in one
 * transaction and under an advisory lock: of several replicas that start at the
 * same moment one does the work and the others find it done.
 *
 * Other replicas serve meanwhile, and whoever comes after a lock that is waited for waits, too: it is waited for no longer
 * than a write would wait, and then all is tried again.
 */
export const migrate = Effect.fn("migrate")(function*<A, E, R>(afterwards: Effect.Effect<A, E, R>) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(tellingFirstFailure(Effect.gen(function*() {
    // It takes what it takes, and waits for another replica's: the limit is meant for requests.
    yield* sql`SET LOCAL statement_timeout = 0`
    yield* sql`SELECT pg_advisory_xact_lock(${migrationLock})`
    yield* sql`SET LOCAL lock_timeout = '200ms'`
    yield* runPending
    yield* declareFunctions
    return yield* afterwards
  }))).pipe(
    Effect.tapError((error) =>
      isInTheWay(error) ? Effect.logInfo("Somebody has what is to be migrated; trying again") : Effect.void
    ),
    Effect.retry({ while: isInTheWay, schedule: Schedule.jittered(Schedule.spaced("1 second")) })
  )
})
