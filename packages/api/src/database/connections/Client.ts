import { PgClient, type PgConnection, PgPool } from "@effect/sql-pg"
import { Context, Duration, Effect, Exit, References, type Scope } from "effect"
import * as Reactivity from "effect/reactivity/Reactivity"
import { SqlClient, type SqlConnection, SqlError } from "effect/sql"
import { statementSeconds } from "../../observability/Metrics.ts"
import { commitEach, makeGroupCommit } from "./GroupCommit.ts"
import { isOutage } from "./Outage.ts"
import { PoolUse } from "./PoolUse.ts"
import { SharedConnection } from "./SharedConnection.ts"
import { makeSlots, type Slots } from "./Slots.ts"
import { type Run, Statements } from "./Statements.ts"
import { makeTurns } from "./Turns.ts"

/**
 * How many statements share a connection. The more do, the fewer times a
 * backend is woken; the fewer do, the more writes are made durable together.
 */
const statementsPerConnection = 16
/** How long a statement waits for a slot when every connection is full. */
const slotWaitMillis = 1000
/** Of the connections one in so many is for long writes, which hold up nobody else's statements there. */
const connectionsPerLong = 5
/** How long a long write waits for its connection: others take a tenth of a second each. */
const longWaitMillis = 3000
/**
 * For how long a database that does not let anybody in is asked again, from the
 * first refusal: a suspended Neon wakes in that time, and a restart often ends.
 * After it, failing at once is kinder.
 */
const wakeUpMillis = 3000
/** The pauses between attempts to connect; the last one stays. */
const pauses = [50, 100, 200, 400]

/** Settings of the client. */
export interface ClientConfig extends PgPool.Config {
  readonly maxConnections: number
  /** An answer is not waited for any longer on this connection: it is taken for dead, and replaced. */
  readonly answerTimeout: Duration.Duration
  /** Whether writes may wait for the disk together. */
  readonly groupCommit: boolean
}

/**
 * A `SqlClient` over a pool of shared connections, of which each statement is a
 * transaction of its own. Effect's `PgClient` would wait for a connection as
 * long as it takes and tells nobody how busy it is; this one bounds the wait,
 * tries again to connect, which is always safe, and counts.
 */
export const makeClient = Effect.fnUntraced(function*(
  config: ClientConfig
): Effect.fn.Return<Context.Context<SqlClient.SqlClient | Statements | PoolUse>, SqlError.SqlError, Scope.Scope> {
  let downSince: number | undefined
  /** Runs `take` again, with pauses, while the database lets nobody in. Nothing has been sent then. */
  const retryConnecting = <A, E, R>(
    take: Effect.Effect<A, E | SqlError.SqlError, R>,
    attempt = 0
  ): Effect.Effect<A, E | SqlError.SqlError, R> =>
    Effect.catchIf(take, isRefusedConnection, (error) => {
      const now = performance.now()
      downSince ??= now
      return now - downSince < wakeUpMillis
        ? Effect.delay(
          Effect.suspend(() => retryConnecting(take, attempt + 1)),
          pauses[Math.min(attempt, pauses.length - 1)]!
        )
        : Effect.fail(error)
    })

  const { answerTimeout, stream } = config
  const commits = config.groupCommit && config.maxConnections > 1 && stream !== undefined
    ? yield* makeGroupCommit({ ...config, stream, answerTimeout, retryConnecting })
    : commitEach
  const connections = config.maxConnections - (commits === commitEach ? 0 : 1)
  // Where there is one connection, as to the embedded database, they go over that: see docs/adr/0028.
  const longConnections = connections === 1 ? 0 : Math.ceil(config.maxConnections / connectionsPerLong)
  const maxConnections = connections - longConnections
  const pool = yield* PgPool.make({
    multiplex: true,
    multiplexConcurrency: statementsPerConnection,
    applicationName: "todo",
    ...config,
    maxConnections
  })
  const slots = yield* makeSlots(maxConnections * statementsPerConnection, slotWaitMillis)
  const answerMillis = Duration.toMillis(answerTimeout)
  const context = yield* Effect.context<never>()
  const use = { connectionsInUse: 0, statements: 0, waiting: 0 }

  const shared = new WeakMap<PgConnection.PgConnection, SharedConnection>()
  const begin = (pooled: PgConnection.PgConnection) => {
    let connection = shared.get(pooled)
    if (connection === undefined) shared.set(pooled, connection = new SharedConnection(pooled))
    if (connection.statements++ === 0) use.connectionsInUse++
    use.statements++
    use.waiting--
    downSince = undefined
    return connection
  }
  const end = (connection: SharedConnection) => {
    if (--connection.statements === 0) use.connectionsInUse--
    use.statements--
  }

  const lending = (pool: PgPool.PgPool, slots: Slots): SqlConnection.Borrower => (f) =>
    Effect.suspend(() => {
      const askedAt = performance.now()
      let connection: SharedConnection | undefined
      use.waiting++
      const statement = retryConnecting(slots.run(pool.use((pooled) => {
        connection = begin(pooled)
        return f(connection)
      })))
      return Effect.onExitPrimitive(statement, (exit) => {
        const millis = performance.now() - askedAt
        statementSeconds.updateUnsafe(millis / 1000, context)
        if (connection === undefined) {
          use.waiting--
          return undefined
        }
        end(connection)
        return millis > answerMillis && Exit.hasInterrupts(exit) ? pool.invalidate(connection.connection) : undefined
      })
    })
  const borrow = lending(pool, slots)
  const borrowLong = longConnections === 0 ? borrow : lending(
    yield* PgPool.make({ applicationName: "todo", ...config, minConnections: 0, maxConnections: longConnections }),
    yield* makeSlots(longConnections, longWaitMillis)
  )

  const acquire = (connections: Effect.Effect<PgConnection.PgConnection, SqlError.SqlError, Scope.Scope>) =>
    Effect.acquireRelease(
      Effect.suspend(() => {
        use.waiting++
        return Effect.onExitPrimitive(retryConnecting(connections), (exit) => {
          if (Exit.isFailure(exit)) use.waiting--
          return undefined
        })
      }).pipe(Effect.map(begin)),
      (connection) => Effect.sync(() => end(connection)),
      { interruptible: true }
    )

  const makeSql = (borrower: SqlConnection.Borrower) =>
    SqlClient.make({
      driver: "pg",
      compiler: PgClient.makeCompiler(),
      acquirer: acquire(pool.get),
      borrower,
      transactionAcquirer: acquire(pool.reserve),
      prepareTransactionControls: true,
      commit,
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "postgresql"]]
    }).pipe(Effect.provide(Reactivity.layer))
  const sql = yield* makeSql(borrow)
  const turns = makeTurns(answerTimeout)
  const running =
    (borrower: SqlConnection.Borrower, prepare = true): Run =>
    <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
      borrower((connection) => (connection as SharedConnection).query<Row>(text, values, prepare))
  const statements = (yield* References.TracerEnabled)
    ? Statements.through(sql, commits, turns, yield* makeSql(borrowLong))
    : Statements.of({
      run: running(borrow),
      runLong: running(borrowLong),
      runOnce: running(borrow, false),
      runLongOnce: running(borrowLong, false),
      commits,
      turns
    })
  return Context.make(SqlClient.SqlClient, sql).pipe(
    Context.add(Statements, statements),
    Context.add(PoolUse, PoolUse.of(use))
  )
})

const isRefusedConnection = (error: unknown): error is SqlError.SqlError =>
  SqlError.isSqlError(error) && error.reason.operation === "connect" && isOutage(error)

/** PostgreSQL answers the COMMIT of a transaction that has failed with ROLLBACK. */
const commit = (connection: SqlConnection.Connection): Effect.Effect<void, SqlError.SqlError> =>
  Effect.flatMap((connection as SharedConnection).executeRaw("COMMIT", []), ({ command }) => {
    const message = "The transaction had failed, and was rolled back"
    return command === "ROLLBACK"
      ? Effect.fail(
        new SqlError.SqlError({
          reason: new SqlError.UnknownError({ cause: new Error(message), message, operation: "commit" })
        })
      )
      : Effect.void
  })
