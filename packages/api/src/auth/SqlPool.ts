import type { PgConnection } from "@effect/sql-pg"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, identity } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { PostgresPool, PostgresPoolClient } from "kysely"
import { AsyncLocalStorage } from "node:async_hooks"
import { isOutage, readingAgain } from "../database/Outage.ts"

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
  const run = Effect.runPromiseWith(yield* Effect.context<never>())

  const query = async (text: string, parameters: ReadonlyArray<unknown>) => {
    if (/^\s*(begin|start\s+transaction|savepoint)\b/i.test(text)) {
      throw new Error("Better Auth tried to open a transaction on a shared connection")
    }
    const again = /^\s*select\b/i.test(text) ? readingAgain : identity
    const { command, rowCount, rows } = await run(
      again(sql.unsafe(text, parameters).raw as Effect.Effect<PgConnection.Result, SqlError.SqlError>).pipe(
        Effect.tapError((error) => Effect.sync(() => noteOutage(error)))
      )
    )
    return { command: command.split(" ", 1)[0], rowCount, rows: [...rows] }
  }

  const client = { query, release: () => {} } as unknown as PostgresPoolClient
  const pool: PostgresPool = { options: {}, connect: () => Promise.resolve(client), end: () => Promise.resolve() }
  return pool
})

/** Of the request that Better Auth is at work on: why it cannot be answered now. */
const outages = new AsyncLocalStorage<{ detail: string | undefined }>()

/** Has the request that Better Auth is at work on answered with 503, whatever Better Auth makes of what is thrown now. */
export const noteUnavailable = (detail: string) => {
  const request = outages.getStore()
  if (request !== undefined) request.detail = detail
}

const noteOutage = (error: SqlError.SqlError) => {
  if (isOutage(error)) noteUnavailable("The database does not answer")
}

/**
 * Runs Better Auth, and fails with `ServiceUnavailable` when the database, say,
 * did not answer it. It fails itself, or takes a session that it cannot read for
 * one that is not there, and would sign people out.
 */
export const noticingOutage = <A>(work: () => Promise<A>): Effect.Effect<A, ServiceUnavailable> =>
  Effect.suspend(() => {
    const request: { detail: string | undefined } = { detail: undefined }
    return Effect.flatMap(
      Effect.exit(Effect.promise(() => outages.run(request, work))),
      (exit) => request.detail === undefined ? exit : Effect.fail(new ServiceUnavailable({ detail: request.detail }))
    )
  })
