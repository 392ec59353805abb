import { Effect } from "effect"
import {
  closeSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync
} from "node:fs"
import { dirname, resolve } from "node:path"

/** As many links as Linux follows. */
const mostLinks = 40

/** The file that a path names in the end: links are followed, also one that leads to where nothing is yet. */
export const targetOf = (path: string, links = 0): string => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return path
  if (links === mostLinks) throw new Error(`${path} is a link that leads to itself`)
  return targetOf(resolve(realpathSync(dirname(path)), readlinkSync(path)), links + 1)
}

/** Root's `sudo` with a kept HOME is not to take a user's file from that user. */
const keepOwner = (path: string, file: number): void => {
  const before = process.geteuid?.() === 0 ? statSync(path, { throwIfNoEntry: false }) : undefined
  if (before !== undefined) fchownSync(file, before.uid, before.gid)
}

/** A file that is written, and not there yet. */
export interface Opened {
  write(text: string): void
  /** Puts it in the place of the one there is. */
  commit(): void
  /** Leaves nothing of it that is not there. */
  close(): void
}

const writeAll = (file: number, text: string): void => {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}

/** Whether it is something else than a file: a device, a pipe. Nothing takes the place of one. */
const isNoFile = (path: string): boolean => {
  const there = statSync(path, { throwIfNoEntry: false })
  return there !== undefined && !there.isFile() && !there.isDirectory()
}

/** Writes into what is there. */
const openAsItIs = (path: string): Opened => {
  const file = openSync(path, "w")
  return { write: (text) => writeAll(file, text), commit: () => {}, close: () => closeSync(file) }
}

/**
 * Replaces a file as a whole: a reader sees the old content or the new, also
 * after a crash. What root replaces stays its owner's. A device or a pipe, as
 * `/dev/null` is, is written into. Throws what the file system throws.
 */
export const openAtomically = (path: string, mode: number): Opened => {
  if (isNoFile(path)) return openAsItIs(path)
  const temporary = `${path}.${process.pid}.tmp`
  rmSync(temporary, { force: true })
  let file: number | undefined = openSync(temporary, "wx", mode)
  const close = () => {
    if (file === undefined) return
    closeSync(file)
    file = undefined
  }
  try {
    keepOwner(path, file)
  } catch (error) {
    close()
    rmSync(temporary, { force: true })
    throw error
  }
  return {
    write: (text) => writeAll(file!, text),
    commit: () => {
      fsyncSync(file!)
      close()
      renameSync(temporary, path)
    },
    close: () => {
      close()
      rmSync(temporary, { force: true })
    }
  }
}

/** The same of content that is at hand. */
export const writeAtomically = (path: string, content: string, mode: number): void => {
  const opened = openAtomically(path, mode)
  try {
    opened.write(content)
    opened.commit()
  } finally {
    opened.close()
  }
}

/** Nobody holds the lock for longer than a few milliseconds: older than this, its process has died. */
const staleMilliseconds = 5_000
const retryMilliseconds = 20
/** After that, any lock that can be removed has been. */
const mostSeconds = 15

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code

const isStale = (path: string): boolean => {
  try {
    // The link itself, where it is one; and in both directions, as clocks are set back.
    return Math.abs(Date.now() - lstatSync(path).mtimeMs) > staleMilliseconds
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

/** A lock: a file that whoever has it has made, and how the failure to get it is told. */
interface Lock<E> {
  readonly path: string
  /** How long to wait for its turn, 15 seconds at the most. */
  readonly patienceSeconds: number
  readonly onError: (cause: unknown) => E
}

/** Runs one at a time among all processes that name the same lock, waiting for its turn, but not for ever. */
export const withLock =
  <E>({ onError, path, patienceSeconds }: Lock<E>) => <A, E2, R>(effect: Effect.Effect<A, E2, R>) => {
    const mostAttempts = Math.min(patienceSeconds, mostSeconds) * 1000 / retryMilliseconds
    const acquire = (attempts: number): Effect.Effect<void, E> =>
      Effect.try({ try: () => tryLock(path), catch: onError }).pipe(
        Effect.flatMap((locked) => {
          if (locked) return Effect.void
          if (attempts >= mostAttempts) return Effect.fail(onError(new Error(`${path} stays locked`)))
          return Effect.andThen(Effect.sleep(retryMilliseconds), Effect.suspend(() => acquire(attempts + 1)))
        })
      )
    return Effect.acquireUseRelease(acquire(1), () => effect, () => Effect.sync(() => unlinkSync(path)))
  }
