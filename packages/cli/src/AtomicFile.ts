import { Effect } from "effect"
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, unlinkSync, writeSync } from "node:fs"

/**
 * Replaces a file as a whole: a reader sees the old content or the new, also
 * after a crash. Throws what the file system throws.
 */
export const writeAtomically = (path: string, content: string, mode: number): void => {
  const temporary = `${path}.${process.pid}.tmp`
  rmSync(temporary, { force: true })
  try {
    const file = openSync(temporary, "wx", mode)
    try {
      writeSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Nobody holds the lock for longer than a few milliseconds: older than this, its process has died. */
const staleMilliseconds = 5_000
const retryMilliseconds = 20

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code

const isStale = (path: string): boolean => {
  try {
    return Date.now() - statSync(path).mtimeMs > staleMilliseconds
  } catch {
    return false
  }
}

/** Whether the lock is now ours. A lock left by a process that died is removed for the next attempt. */
const tryLock = (path: string): boolean => {
  try {
    closeSync(openSync(path, "wx", 0o600))
    return true
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error
    if (isStale(path)) rmSync(path, { force: true })
    return false
  }
}

/** Runs one at a time among all processes that name the same lock file, waiting for its turn. */
export const withLock =
  <E>(path: string, onError: (cause: unknown) => E) => <A, E2, R>(effect: Effect.Effect<A, E2, R>) => {
    const acquire: Effect.Effect<void, E> = Effect.try({ try: () => tryLock(path), catch: onError }).pipe(
      Effect.flatMap((locked) => locked ? Effect.void : Effect.andThen(Effect.sleep(retryMilliseconds), acquire))
    )
    return Effect.acquireUseRelease(acquire, () => effect, () => Effect.sync(() => unlinkSync(path)))
  }
