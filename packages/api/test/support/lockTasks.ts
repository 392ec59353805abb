import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"

/** Makes every statement on the tasks of a database wait, until the answer is called. */
export const lockTasks = (database: URL): Promise<() => Promise<void>> => lockTable(database, "todo.tasks")

/** The same for any table. */
export const lockTable = async (
  database: URL,
  table: string,
  mode = "ACCESS EXCLUSIVE"
): Promise<() => Promise<void>> => {
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const over = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* sql.withTransaction(Effect.gen(function*() {
      yield* sql.unsafe(`LOCK TABLE ${table} IN ${mode} MODE`)
      held.resolve()
      yield* Effect.promise(() => release.promise)
    }))
  }).pipe(
    Effect.provide(PgClient.layer({ url: Redacted.make(database.href), maxConnections: 1 })),
    Effect.runPromise
  )
  await Promise.race([held.promise, over])
  return () => {
    release.resolve()
    return over
  }
}
