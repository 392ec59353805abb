import { PgConnection } from "@effect/sql-pg"
import { type Duration, Effect, Exit, Scope } from "effect"
import { SqlError } from "effect/sql"
import type { Duplex } from "node:stream"

/**
 * A connection that has been there for a while. As long as it is, the server has not crashed: so a flush by it says of
 * all that was committed since it is there, on whatever connection, that it is on the disk.
 */
export interface Witness {
  /** Whether it is the server's own. A pooler's, which is given one backend after another, is no witness of anything. */
  readonly isDirect: boolean
  /** Whether the connection is gone. */
  isLost(): boolean
  /** Ends when all that was committed before is on the disk. Fails where the connection is lost: nobody knows then. */
  readonly flushed: Effect.Effect<void, SqlError.SqlError>
}

/** How to connect. */
export interface WitnessConfig extends PgConnection.Config {
  readonly stream: () => Duplex
  /** A flush is not waited for any longer. */
  readonly answerTimeout: Duration.Duration
}

/**
 * Writes to the log and commits, for which PostgreSQL waits until the log is on the disk, and on the standbys if it is
 * set up so: with all that was committed before. What is written says nothing to anybody.
 */
const flush = "SELECT pg_backend_pid() AS pid FROM pg_logical_emit_message(true, 'todo', '')"

type Resume = (effect: Effect.Effect<void, SqlError.SqlError>) => void

/** Connects a witness, until the scope ends or it is lost; at once, where it is none. */
export const connectWitness = Effect.fnUntraced(function*(
  { answerTimeout, stream, ...config }: WitnessConfig
): Effect.fn.Return<Witness, SqlError.SqlError, Scope.Scope> {
  const run = Effect.runForkWith(yield* Effect.context<never>())
  const scope = yield* Scope.fork(yield* Effect.scope)
  let lost = false
  const lose = () => {
    lost = true
    run(Scope.close(scope, Exit.void))
  }
  /** Whether the log is on the disk; or else the backend is another than the connection's. */
  const flushBy = (connection: PgConnection.PgConnection) =>
    Effect.map(connection.query(flush), ({ rows }) => rows[0]!["pid"] === connection.processId).pipe(
      Effect.timeoutOrElse({ duration: answerTimeout, orElse: () => failLost })
    )
  const connect = PgConnection.make({
    ...config,
    applicationName: "todo group commit",
    stream: () => stream().once("close", lose)
  })
  const { connection, isDirect } = yield* Effect.bindTo(connect, "connection").pipe(
    Effect.bind("isDirect", ({ connection }) => flushBy(connection)),
    Scope.provide(scope),
    Effect.onError(() => Effect.sync(lose))
  )
  if (!isDirect) lose()

  let waiting: Array<Resume> = []
  let flushing = false
  const takeWaiting = () => {
    const all = waiting
    waiting = []
    return all
  }
  const flushAll = () => {
    const group = takeWaiting()
    run(flushBy(connection)).addObserver((exit) => {
      flushing = false
      if (Exit.isSuccess(exit) && exit.value) {
        for (const resume of group) resume(Effect.void)
        if (waiting.length > 0) flushSoon()
      } else {
        lose()
        for (const resume of [...group, ...takeWaiting()]) resume(failLost)
      }
    })
  }
  const flushSoon = () => {
    if (flushing) return
    flushing = true
    // The answers of other connections may be there already.
    setImmediate(flushAll)
  }
  return {
    isDirect,
    isLost: () => lost,
    flushed: Effect.callback((resume) => {
      if (lost) return resume(failLost)
      waiting.push(resume)
      flushSoon()
    })
  }
})

const message = "The connection that makes writes durable is lost"

const failLost = Effect.fail(
  new SqlError.SqlError({
    reason: new SqlError.ConnectionError({ cause: new Error(message), message, operation: "commit" })
  })
)
