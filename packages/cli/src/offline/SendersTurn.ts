import { Effect } from "effect"
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"

/** A sender says so often that it lives: another process may have its number by now. */
const staleMillis = 60_000
const pauseMillis = 50

const isAlive = (path: string): boolean => {
  try {
    if (Math.abs(Date.now() - statSync(path).mtimeMs) > staleMillis) return false
    process.kill(Number(readFileSync(path, "utf8")) || -1, 0)
    return true
  } catch (error) {
    // A process of another user is one, too.
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

const take = (path: string): boolean => {
  makeFolder(dirname(path), 0o700)
  try {
    const file = openSync(path, "wx", privateMode)
    try {
      writeSync(file, String(process.pid))
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    // A moment after it was made it says nothing yet.
    if (
      !isAlive(path) && Math.abs(Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)) > pauseMillis
    ) {
      rmSync(path, { force: true })
    }
    return false
  }
}

const give = (path: string): void => rmSync(path, { force: true })

/** Says that the sender lives. */
export const sendingStill = (path: string): void => {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // Somebody took it for dead, which does no harm.
  }
}

/**
 * Runs what sends a queue while no other process does, or answers undefined where another one takes longer than somebody
 * waits. It saves requests and no more: two senders would send the same writes with the same keys, each in their order.
 */
export const inTurn = <A, E, R>(path: string, patienceMillis: number, effect: Effect.Effect<A, E, R>) => {
  const acquire = (left: number): Effect.Effect<boolean> =>
    Effect.suspend(() => {
      if (take(path)) return Effect.succeed(true)
      return left <= 0
        ? Effect.succeed(false)
        : Effect.andThen(Effect.sleep(pauseMillis), Effect.suspend(() => acquire(left - pauseMillis)))
    })
  return Effect.acquireUseRelease(
    acquire(patienceMillis),
    (taken): Effect.Effect<A | undefined, E, R> => taken ? effect : Effect.undefined,
    (taken) => Effect.sync(() => taken && give(path))
  )
}
