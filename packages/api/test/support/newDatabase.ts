import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"

/** Runs statements as the administrator, and answers the rows of the last. */
export const runSql = (...statements: ReadonlyArray<string>) => runSqlIn(inject("postgresUrl"), ...statements)

/** The same in another database. */
export const runSqlIn = (url: string, ...statements: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    let rows: ReadonlyArray<object> = []
    for (const statement of statements) rows = yield* sql.unsafe<object>(statement)
    return rows
  }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })), Effect.runPromise)

/** A database of its own on the server of the suites. */
export const newDatabase = async () => {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`
  await runSql(`CREATE DATABASE ${name}`)
  const url = new URL(inject("postgresUrl"))
  url.pathname = `/${name}`
  return url
}
