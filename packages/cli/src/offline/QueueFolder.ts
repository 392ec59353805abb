import crypto from "node:crypto"
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"
import { parseWrite, type QueuedWrite } from "./QueuedWrite.ts"

const folderMode = 0o700

/** A write as it lies in a folder. */
export interface Kept {
  readonly file: string
  readonly write: QueuedWrite
}

/** A place in the order and the key: `00000012-7d0c….json`. */
const named = /^(\d{8})-.*\.json$/

const namesIn = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder).filter((name) => named.test(name)).toSorted()
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
    throw error
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT"

/** What each file has, in their order; `write` is undefined of what is damaged, or of a release to come. */
const readAll = (folder: string) =>
  namesIn(folder).flatMap((file) => {
    try {
      return [{ file, write: parseWrite(readFileSync(join(folder, file), "utf8")) }]
    } catch (error) {
      // Another process has sent it meanwhile.
      if (isMissing(error)) return []
      throw error
    }
  })

/** The writes in a folder, in their order. */
export const writesIn = (folder: string): ReadonlyArray<Kept> =>
  readAll(folder).flatMap(({ file, write }) => write === undefined ? [] : [{ file, write }])

/** The paths of the files in a folder that are no writes which can be read. */
export const unreadableIn = (folder: string): ReadonlyArray<string> =>
  readAll(folder).flatMap(({ file, write }) => write === undefined ? [join(folder, file)] : [])

/** A folder's own list of names lasts only once the folder is written, too. Windows has no such thing. */
const syncFolder = (folder: string): void => {
  if (process.platform === "win32") return
  const opened = openSync(folder, "r")
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/**
 * Puts a write behind those that there are: it is there as a whole or not at all, and lasts once this returns. Two that come
 * at the same moment may have the same place, and their keys tell them apart; what comes after this has returned comes
 * behind it. Throws what the file system throws.
 */
export const putLast = (folder: string, write: QueuedWrite): Kept => {
  makeFolder(folder, folderMode)
  const temporary = join(folder, `${nameOf(write)}.${process.pid}.tmp`)
  const opened = openSync(temporary, "w", privateMode)
  try {
    writeFileSync(opened, `${JSON.stringify(write)}\n`)
    fsyncSync(opened)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(opened)
  }
  const last = Number(namesIn(folder).at(-1)?.slice(0, 8) ?? 0)
  const file = `${String(last + 1).padStart(8, "0")}-${nameOf(write)}.json`
  renameSync(temporary, join(folder, file))
  syncFolder(folder)
  return { file, write }
}

/** A key may be anything that somebody has typed, of any length. */
const nameOf = ({ key }: QueuedWrite): string => crypto.createHash("sha256").update(key).digest("hex").slice(0, 32)

/** Removes a write, which another process may have done before. */
export const remove = (folder: string, { file }: Kept): void => rmSync(join(folder, file), { force: true })

/** Whether it still lies there: another process may have sent it. */
export const isThere = (folder: string, { file }: Kept): boolean => existsSync(join(folder, file))

/** Removes the writes with this key. */
export const removeKey = (folder: string, key: string): void => {
  for (const kept of writesIn(folder)) if (kept.write.key === key) remove(folder, kept)
}
