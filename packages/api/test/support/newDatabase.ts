import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"

const administrator = PgClient.layer({ url: Redacted.make(inject("postgresUrl")), maxConnections: 1 })

/** Runs statements as the administrator, and answers the rows of the last. */
export const runSql = (...statements: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    let rows: ReadonlyArray<object> = []
    for (const statement of statements) rows = yield* sql.unsafe<object>(statement)
    return rows
  }).pipe(Effect.provide(administrator), Effect.runPromise)

/** A database of its own on the server of the suites. */
export const newDatabase = async () => {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`
  await runSql(`CREATE DATABASE ${name}`)
  const url = new URL(inject("postgresUrl"))
  url.pathname = `/${name}`
  return url
}
