import { Effect, Schedule } from "effect"
import { Migrator, SqlClient, SqlError } from "effect/sql"
import { sqlStateOf } from "./connections/Outage.ts"
import { tellingFirstFailure } from "./FirstFailure.ts"
import { declareFunctions, triggersToDeclare } from "./functions/SqlFunctions.ts"
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
import priority from "./migrations/0017_priority.ts"
import projects from "./migrations/0018_projects.ts"
import tags from "./migrations/0019_tags.ts"
import dates from "./migrations/0021_dates.ts"
import completions from "./migrations/0022_completions.ts"
import settings from "./migrations/0023_settings.ts"
import externalIds from "./migrations/0030_external_ids.ts"
import {
  childrenIndex,
  doneDueIndex,
  dueIndex,
  externalIndex,
  placeIndex,
  projectIndex,
  startIndex,
  waitingIndex
} from "./migrations/0031_indexes.ts"
import orderAndTrees from "./migrations/0035_order_and_trees.ts"
import search from "./migrations/0036_search.ts"
import views from "./migrations/0037_views.ts"
import comments from "./migrations/0038_comments.ts"
import zones from "./migrations/0043_zones.ts"
import places from "./migrations/0044_places.ts"
import fewerLooks from "./migrations/0048_fewer_looks.ts"
import { orderIndex, withoutPlaceIndex } from "./migrations/0053_order_index.ts"
import language from "./migrations/0056_language.ts"

const table = "todo_migrations"

const migrations = {
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
  "0016_deleted_accounts": deletedAccounts,
  "0017_priority": priority,
  "0018_projects": projects,
  "0019_tags": tags,
  "0021_dates": dates,
  "0022_completions": completions,
  "0023_settings": settings,
  "0030_external_ids": externalIds,
  "0031_project_index": projectIndex,
  "0032_due_index": dueIndex,
  "0033_start_index": startIndex,
  "0034_external_index": externalIndex,
  "0035_order_and_trees": orderAndTrees,
  "0036_search": search,
  "0037_views": views,
  "0038_comments": comments,
  "0039_place_index": placeIndex,
  "0040_children_index": childrenIndex,
  "0041_waiting_index": waitingIndex,
  "0042_done_due_index": doneDueIndex,
  "0043_zones": zones,
  "0044_places": places,
  "0048_fewer_looks": fewerLooks,
  "0053_order_index": orderIndex,
  "0054_without_place_index": withoutPlaceIndex,
  "0056_language": language
}

const all = Object.entries(migrations)

const runFirst = (many: number) =>
  Migrator.make({})({ loader: Migrator.fromRecord(Object.fromEntries(all.slice(0, many))), table })

/** How far to go, one after the other: on a database that is new, which nobody waits for, to the end at once. */
const stages = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [known] = yield* sql<{ oid: string | null }>`SELECT to_regclass(${table})::text AS oid`
  if (known!.oid === null) return [all.length]
  const [latest] = yield* sql<{ last: number }>`SELECT coalesce(max(migration_id), 0) AS last FROM ${sql(table)}`
  return all.flatMap(([name], index) => Number.parseInt(name) > latest!.last ? [index + 1] : [])
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
 * Does something in a transaction of its own, under an advisory lock: of several replicas that start at the same moment one
 * does the work, and the others find it done.
 *
 * Other replicas serve meanwhile, and whoever comes after a lock that is waited for waits, too: it is waited for a fifth of
 * the time that a write waits, so that the work itself fits into the rest, and then it is tried again.
 */
const alone = Effect.fnUntraced(function*<A, E, R>(work: Effect.Effect<A, E, R>) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(tellingFirstFailure(Effect.gen(function*() {
    // It takes what it takes, and waits for another replica's: the limit is meant for requests.
    yield* sql`SET LOCAL statement_timeout = 0`
    yield* sql`SELECT pg_advisory_xact_lock(${migrationLock})`
    yield* sql`SET LOCAL lock_timeout = '50ms'`
    // What has been locked is free before the disk has it: a crash takes back all of it, and the next start does it again.
    yield* sql`SET LOCAL synchronous_commit = off`
    return yield* work
  }))).pipe(
    Effect.tapError((error) =>
      isInTheWay(error) ? Effect.logInfo("Somebody has what is to be migrated; trying again") : Effect.void
    ),
    Effect.retry({ while: isInTheWay, schedule: Schedule.jittered(Schedule.spaced("250 millis")) })
  )
})

/**
 * Runs what is to be run once on a database, then `afterwards`. Each migration is a transaction of its own, as are the
 * functions and each trigger: none holds a table for longer than it takes by itself, while a release before serves.
 */
export const migrate = Effect.fn("migrate")(function*<A, E, R>(afterwards: Effect.Effect<A, E, R>) {
  for (const many of yield* stages) yield* alone(runFirst(many))
  yield* alone(declareFunctions)
  for (const declare of yield* triggersToDeclare) yield* alone(declare)
  return yield* alone(afterwards)
})
