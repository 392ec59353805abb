import { Effect } from "effect"
import { SqlClient, type SqlConnection, type SqlError } from "effect/sql"
import { sqlStateOf } from "./connections/Outage.ts"

/** How PostgreSQL answers whatever comes after the statement that a transaction has failed with. */
const transactionHasFailed = "25P02"

/**
 * Runs `work` in the transaction that is open, and has a statement that fails
 * since the transaction has failed do so with what that one failed with.
 * Effect's migrator asks on before it gives up, and would tell of that only.
 */
export const tellingFirstFailure = Effect.fnUntraced(function*<A, E, R>(work: Effect.Effect<A, E, R>) {
  const { transactionService } = yield* SqlClient.SqlClient
  const [connection, depth] = yield* Effect.orDie(Effect.fromOption(yield* Effect.serviceOption(transactionService)))
  return yield* Effect.provideService(work, transactionService, [remembering(connection), depth])
})

const remembering = (connection: SqlConnection.Connection): SqlConnection.Connection => {
  let first: SqlError.SqlError | undefined
  const told = <A>(statement: Effect.Effect<A, SqlError.SqlError>) =>
    Effect.mapError(statement, (error) => {
      if (first === undefined || sqlStateOf(error) !== transactionHasFailed) first = error
      return first
    })
  return {
    execute: (...parameters) => told(connection.execute(...parameters)),
    executeRaw: (...parameters) => told(connection.executeRaw(...parameters)),
    executeValues: (...parameters) => told(connection.executeValues(...parameters)),
    executeValuesUnprepared: (...parameters) => told(connection.executeValuesUnprepared(...parameters)),
    executeUnprepared: (...parameters) => told(connection.executeUnprepared(...parameters)),
    executeStream: (...parameters) => connection.executeStream(...parameters)
  }
}
