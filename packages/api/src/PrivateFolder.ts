import { Effect, FileSystem, Option, Path, Schema } from "effect"

/** Other users of the machine can get at a folder, and the service cannot or must not close it to them. */
export class FolderNotPrivate extends Schema.TaggedError<FolderNotPrivate>()("FolderNotPrivate", {
  message: Schema.String
}) {}

/** Read, write or search, for the group or for others. */
const open = 0o077

/**
 * Sees to it that nobody else gets at `path`, a folder that is there. Where it is open to group or others it is closed
 * to them, with a warning, and so is what the service keeps in it. A folder that cannot be closed, or has more in it
 * than `isOwn` knows and so is not the service's to close, is refused, as ssh refuses an open key.
 */
export const keepPrivate = Effect.fn("keepPrivate")(
  function*(folder: {
    /** What the folder is, for people: `the data directory`. */
    readonly name: string
    readonly path: string
    readonly isOwn: (name: string) => boolean
  }) {
    // There are no such modes.
    if (process.platform === "win32") return
    const files = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const { isOwn, name, path } = folder
    const { mode, uid } = yield* files.stat(path)
    const held = yield* files.readDirectory(path)
    if ((mode & open) !== 0) {
      const said = `${name} ${path} is open to other users of this machine (mode ${(mode & 0o7777).toString(8)})`
      if (!held.every(isOwn)) {
        return yield* new FolderNotPrivate({
          message:
            `${said}, and is not the service's alone: run "chmod 700 ${path}", or set TODO_DATA_DIR to another folder`
        })
      }
      yield* Effect.ignore(files.chmod(path, 0o700))
      if (((yield* files.stat(path)).mode & open) !== 0) {
        return yield* new FolderNotPrivate({
          message: `${said}, and cannot be closed to them: run "chmod 700 ${path}" as its owner`
            + `${Option.match(uid, { onNone: () => "", onSome: (id) => `, user ${id}` })}, or set TODO_DATA_DIR to a `
            + `folder in it, which the service makes itself`
        })
      }
      yield* Effect.logWarning(`${said}: closed to them, with mode 700`)
    }
    for (const own of held.filter(isOwn).map((name) => paths.join(path, name))) {
      // Another process of the service may have renamed it meanwhile, and will be told that it is not alone.
      const kept = yield* Effect.option(files.stat(own))
      if (Option.isNone(kept) || (kept.value.mode & open) === 0) continue
      yield* files.chmod(own, kept.value.type === "Directory" ? 0o700 : 0o600)
    }
  },
  Effect.catchTag(
    "PlatformError",
    (error) => new FolderNotPrivate({ message: `A folder cannot be used: ${error.message}` })
  )
)
