import { Effect, FileSystem, Path, type PlatformError } from "effect"

/**
 * Makes a folder, and those above it that are missing, for the service's user alone. The client has its own: it keeps
 * files without effects, also while it exits, and what both could import knows no file system.
 */
export type MakeFolder = (path: string) => Effect.Effect<void, PlatformError.PlatformError>

/** Node's own way, `recursive`, never ends where a folder is there and takes none, as /proc; this one fails there. */
export const folderMaker = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const isFolder = (path: string) =>
    files.stat(path).pipe(Effect.map(({ type }) => type === "Directory"), Effect.orElseSucceed(() => false))

  const makeFolder: MakeFolder = Effect.fnUntraced(function*(path) {
    if (yield* isFolder(path)) return
    const parent = paths.dirname(path)
    if (parent !== path) yield* makeFolder(parent)
    yield* files.makeDirectory(path, { mode: 0o700 }).pipe(
      // Another process may have made it meanwhile.
      Effect.catch((error) => Effect.flatMap(isFolder(path), (made) => made ? Effect.void : Effect.fail(error)))
    )
  })
  return makeFolder
})
