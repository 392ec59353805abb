import type { PgConnection } from "@effect/sql-pg"
import { Effect, identity } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { PostgresPool, PostgresPoolClient } from "kysely"
import { isOutage, readingAgain } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"
import { noteStale, noteUnavailable } from "./AuthWork.ts"

/**
 * The service's SqlClient in the shape of a `pg` pool, for Kysely and so for
 * Better Auth: no second driver, no second pool.
 *
 * Statements of several requests share a connection, so one statement after
 * another is all there is: Better Auth is told `transaction: false`, and what
 * would open a transaction is refused rather than run among other people's statements.
 */
export const makeSqlPool = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { runLong } = yield* Statements
  const run = Effect.runPromiseWith(yield* Effect.context<never>())

  const query = async (text: string, parameters: ReadonlyArray<unknown>) => {
    if (/^\s*(begin|start\s+transaction|savepoint)\b/i.test(text)) {
      throw new Error("Better Auth tried to open a transaction on a shared connection")
    }
    const again = /^\s*select\b/i.test(text) ? readingAgain : identity
    const { command, rowCount, rows } = await run(
      again(sql.unsafe(text, parameters).raw as Effect.Effect<PgConnection.Result, SqlError.SqlError>).pipe(
        Effect.tapError(noted)
      )
    )
    return { command: command.split(" ", 1)[0], rowCount, rows: [...rows] }
  }

  const client = { query, release: () => {} } as unknown as PostgresPoolClient
  const pool: PostgresPool = { options: {}, connect: () => Promise.resolve(client), end: () => Promise.resolve() }
  return {
    pool,
    /** Runs a statement of ours that may take long, in the same way; answers its rows. */
    runLong: (text: string, parameters: ReadonlyArray<unknown>) =>
      run(Effect.tapError(runLong(text, parameters), noted))
  }
})

/** SQLSTATE of what is refused because the user's credentials have changed (migrations/0010_credentials.ts). */
const staleState = "TD001"

const noted = (error: SqlError.SqlError) =>
  Effect.sync(() => {
    const { cause } = error.reason
    if (isOutage(error)) noteUnavailable("The database does not answer")
    else if (cause instanceof Error && "code" in cause && cause.code === staleState) noteStale()
  })
