import { Effect, FileSystem, Path, Schema } from "effect"
import { tmpdir } from "node:os"
import { Worker } from "node:worker_threads"
import { errorLine } from "../../errorLine.ts"
import { workerModule } from "../../WorkerModule.ts"
import type { EmbeddedWorkerData } from "./embedded-worker.ts"
import { embeddedFailure, embeddedRefusal } from "./EmbeddedFailure.ts"

/** The embedded database did not start, or stopped by itself. */
export class EmbeddedDatabaseFailed extends Schema.TaggedError<EmbeddedDatabaseFailed>()("EmbeddedDatabaseFailed", {
  message: Schema.String,
  cause: Schema.Defect()
}) {}

/**
 * Runs PGlite on `directory` in a thread of its own and answers the path of the
 * socket it listens on. The socket is in a private folder (0700): whoever can
 * connect to it is a superuser. Closed, with everything written, when the scope ends.
 */
export const runEmbeddedDatabase = Effect.fn("runEmbeddedDatabase")(function*(directory: string) {
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
  const workerData: EmbeddedWorkerData = { directory, socket }
  yield* Effect.acquireRelease(
    Effect.callback<Worker, EmbeddedDatabaseFailed>((resume) => {
      const worker = new Worker(workerModule("embedded-worker", import.meta.url), { workerData })
      worker.once("message", () => resume(Effect.succeed(worker)))
      worker.once(
        "error",
        (cause) =>
          resume(Effect.fail(new EmbeddedDatabaseFailed({ message: embeddedFailure(directory, cause), cause })))
      )
    }),
    (worker) =>
      Effect.callback<void>((resume) => {
        worker.once("message", () => resume(Effect.promise(() => worker.terminate()).pipe(Effect.asVoid)))
        worker.once("exit", () => resume(Effect.void))
        worker.postMessage("close")
      })
  )
  return socket
})
