import { Context, Effect, FileSystem, Layer, Path, type PlatformError, Schema } from "effect"
import { randomBytes } from "node:crypto"
import { DatabaseSync } from "node:sqlite"
import { AppConfig } from "./Config.ts"
import { folderMaker } from "./MakeFolder.ts"
import { keepPrivate } from "./PrivateFolder.ts"

/** Another process works in the data directory already, or it cannot be used. */
export class DataDirectoryUnavailable extends Schema.TaggedError<DataDirectoryUnavailable>()(
  "DataDirectoryUnavailable",
  { message: Schema.String }
) {}

/**
 * The folder of the embedded database, held by this process alone: mode 0700,
 * also where it was there before, and locked until the process ends, however it ends.
 */
export class DataDirectory extends Context.Service<DataDirectory, {
  readonly path: string
  /** The secret that signs and encrypts; made at the first start, kept in a file of mode 0600. */
  readonly secret: Effect.Effect<string, DataDirectoryUnavailable>
  /** Whether there is a database without its secret, which is then made anew. */
  readonly hasLostSecret: boolean
}>()("todo/api/DataDirectory") {
  static readonly layer = Layer.effect(
    DataDirectory,
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const paths = yield* Path.Path
      const path = paths.resolve((yield* AppConfig).dataDirectory)
      yield* (yield* folderMaker)(path).pipe(
        Effect.mapError((error) =>
          new DataDirectoryUnavailable({ message: `The data directory ${path} cannot be made: ${obstacleOf(error)}` })
        )
      )
      yield* keepPrivate({ name: "The data directory", path, isOwn: (name) => own.has(name) })
      yield* Effect.acquireRelease(lock(path, paths.join(path, "lock")), (release) => Effect.sync(release))

      const secretFile = paths.join(path, "secret")
      const cannotUse = Effect.mapError((error: PlatformError.PlatformError) =>
        new DataDirectoryUnavailable({ message: `The data directory ${path} cannot be used: ${error.message}` })
      )
      const hasSecret = yield* cannotUse(files.exists(secretFile))
      const hasLostSecret = !hasSecret && (yield* cannotUse(files.exists(paths.join(path, "postgres"))))
      const secret = Effect.gen(function*() {
        if (!hasSecret) {
          // Written aside and renamed: a crash in between leaves no empty secret behind.
          const draft = `${secretFile}.new`
          yield* files.writeFileString(draft, randomBytes(48).toString("base64url"), { mode: 0o600 })
          yield* files.rename(draft, secretFile)
        }
        return yield* files.readFileString(secretFile)
      }).pipe(
        cannotUse,
        Effect.filterOrFail(
          (text) => text.length >= 32,
          () =>
            new DataDirectoryUnavailable({
              message:
                `The file ${secretFile} has no secret in it: restore it from the copy of TODO_DATA_DIR, or remove it, `
                + `and a new one is made`
            })
        )
      )

      return DataDirectory.of({ path, secret, hasLostSecret })
    })
  )
}

const obstacleOf = ({ message, reason }: PlatformError.PlatformError): string =>
  reason._tag === "AlreadyExists" ? `${reason.pathOrDescriptor} is a file, not a folder` : message

/** All that the service keeps in the folder, and what a file system of its own has in it. */
const own = new Set(["lock", "secret", "secret.new", "postgres", "postgres.new", "mail", "lost+found"])

/**
 * Takes the lock through SQLite, which Node carries: its exclusive transaction
 * is a lock of the operating system, and so is gone with the process, also
 * after `kill -9`. A file with a process id would be stale then, and in a
 * container every service has the same id.
 */
const lock = (directory: string, file: string) =>
  Effect.try({
    try: () => {
      const database = new DatabaseSync(file)
      try {
        database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE")
      } catch (error) {
        database.close()
        throw error
      }
      return () => database.close()
    },
    catch: (error) =>
      new DataDirectoryUnavailable({
        message: error instanceof Error && /locked/.test(error.message)
          ? `Another todo service is using the data directory ${directory}: stop it, or set TODO_DATA_DIR to another folder`
          : `The data directory ${directory} cannot be used: ${String(error)}`
      })
  })
