import { Duration, Effect, FileSystem, Path, Schedule, Schema, type Scope } from "effect"
import { tmpdir } from "node:os"
import { Worker } from "node:worker_threads"
import { errorLine } from "../../errorLine.ts"
import { workerModule } from "../../WorkerModule.ts"
import type { EmbeddedWorkerData } from "./embedded-worker.ts"
import { embeddedFailure, embeddedRefusal } from "./EmbeddedFailure.ts"
import { untilStuck } from "./Stuck.ts"

/** The embedded database did not start, or stopped by itself. */
export class EmbeddedDatabaseFailed extends Schema.TaggedError<EmbeddedDatabaseFailed>()("EmbeddedDatabaseFailed", {
  message: Schema.String,
  cause: Schema.Defect()
}) {}

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** The path of the socket it listens on. */
  readonly socket: string
  /**
   * From now on it is started anew, as this role, when it ends by itself, or when a statement takes longer than this:
   * there is no other connection that could end it, and everybody waits behind it.
   */
  readonly keepUp: (role: string, longest: Duration.Duration) => Effect.Effect<void, never, Scope.Scope>
}

/** For how long it may write what is left to be written when it is to stop. */
const closing = Duration.seconds(10)

/**
 * Runs PGlite on `directory` in a thread of its own, behind a socket. The socket is in a private folder (0700): whoever
 * can connect to it is a superuser until the role is another. Closed, with everything written, when the scope ends.
 */
export const runEmbeddedDatabase = Effect.fn("runEmbeddedDatabase")(function*(
  directory: string
): Effect.fn.Return<EmbeddedDatabase, EmbeddedDatabaseFailed, FileSystem.FileSystem | Path.Path | Scope.Scope> {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  // Not in the data directory: the path of a socket has room for some 100 bytes only.
  const folder = yield* Effect.mapError(
    files.makeTempDirectoryScoped({ prefix: "todo-" }),
    (cause) =>
      new EmbeddedDatabaseFailed({
        message: `The embedded database needs a folder for its socket, and none can be made in ${tmpdir()} `
          + `(${errorLine(cause)}): set TMPDIR to a folder that the service may write to`,
        cause
      })
  )
  const socket = paths.join(folder, "pg.sock")
  const refusal = embeddedRefusal(directory)
  if (refusal !== undefined) return yield* new EmbeddedDatabaseFailed({ message: refusal, cause: undefined })
  const progress = new Int32Array(new SharedArrayBuffer(4))
  /** Undefined while there is none. */
  let worker: Worker | undefined

  const start = (role: string | undefined) =>
    Effect.callback<void, EmbeddedDatabaseFailed>((resume) => {
      Atomics.store(progress, 0, 0)
      const workerData: EmbeddedWorkerData = { directory, socket, role, progress }
      const started = new Worker(workerModule("embedded-worker", import.meta.url), { workerData })
      worker = started
      started.once("message", () => resume(Effect.void))
      started.once("exit", () => {
        if (worker === started) worker = undefined
      })
      started.once(
        "error",
        (cause) =>
          resume(Effect.fail(new EmbeddedDatabaseFailed({ message: embeddedFailure(directory, cause), cause })))
      )
    })

  const close = Effect.callback<void>((resume) => {
    if (worker === undefined) return resume(Effect.void)
    worker.once("message", () => resume(Effect.void))
    worker.once("exit", () => resume(Effect.void))
    worker.postMessage("close")
  }).pipe(Effect.timeoutOption(closing), Effect.andThen(Effect.promise(async () => worker?.terminate())))

  /** Answers why the thread has ended. */
  const untilEnded = Effect.callback<string>((resume) => {
    if (worker === undefined) return resume(Effect.succeed("has ended"))
    let said = "has ended"
    worker.once("error", (error) => said = `has failed (${errorLine(error)})`)
    worker.once("exit", () => resume(Effect.succeed(said)))
  })

  yield* Effect.acquireRelease(start(undefined), () => close)
  return {
    socket,
    keepUp: (role, longest) =>
      Effect.raceFirst(untilEnded, untilStuck(progress, longest)).pipe(
        Effect.flatMap((why) => Effect.logError(`The embedded database ${why}: it is started anew`)),
        // In the middle of a statement, as if the power had gone.
        Effect.andThen(Effect.promise(async () => worker?.terminate())),
        Effect.andThen(
          start(role).pipe(
            Effect.tapError((error) => Effect.logError(error.message)),
            Effect.retry(Schedule.spaced("1 second")),
            Effect.orDie
          )
        ),
        Effect.forever,
        Effect.forkScoped,
        Effect.asVoid
      )
  }
})
