import { closeSync, fchmodSync, fstatSync, openSync, readFileSync, type Stats } from "node:fs"

/** Nobody but its user reads and writes it. */
export const privateMode = 0o600

const modeOfOthers = 0o077
const writableByOthers = 0o022

/** A file as it was found. */
export interface PrivateFile {
  readonly text: string
  /** What its user has to know, as a sentence that begins with its path. */
  readonly warning: string | undefined
}

/** It is another user's, and so is what it says. */
export class OthersFile extends Error {
  constructor(path: string, owner: number, user: number) {
    super(`${path} belongs to user ${owner}, and you are user ${user}`)
  }
}

/**
 * Reads a file that is to be its user's alone; undefined where there is none. Throws `OthersFile`, and what the file
 * system throws.
 *
 * Root's is as good as one's own: root could have written any other, and gives secrets to containers so. Root may use
 * everybody's, which `sudo` that keeps HOME and a mounted home in a container come to, and is told.
 */
export const readPrivateFile = (path: string): PrivateFile | undefined => readWith(path, closeToOthers)

/** The same for one who tells nobody what is wrong: a file that is open stays so, for `todo doctor` to find. */
export const peekPrivateFile = (path: string): string | undefined => readWith(path, () => "is open.")?.text

const readWith = (path: string, close: (file: number) => string): PrivateFile | undefined => {
  const file = opened(path)
  if (file === undefined) return undefined
  try {
    const warning = warningOf(path, fstatSync(file), () => close(file))
    return { text: readFileSync(file, "utf8"), warning }
  } finally {
    closeSync(file)
  }
}

const opened = (path: string): number | undefined => {
  try {
    return openSync(path, "r")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}

const warningOf = (path: string, { mode, uid }: Stats, close: () => string): string | undefined => {
  const user = process.geteuid?.()
  // Windows keeps a user's folder to that user, and has no such modes.
  if (user === undefined) return undefined
  if (uid === user) return (mode & modeOfOthers) === 0 ? undefined : `${path} ${close()}`
  if (user === 0) return `${path} belongs to user ${uid}: as root you use what is that user's.`
  if (uid !== 0) throw new OthersFile(path, uid, user)
  // That others may read it is how this user does.
  return (mode & writableByOthers) === 0 ? undefined : `${path} can be changed by other users of this machine.`
}

const closeToOthers = (file: number): string => {
  try {
    fchmodSync(file, privateMode)
    return "was open to other users of this machine, and is closed to them now. If they may have used it, `todo logout`."
  } catch {
    // It may be mounted for reading.
    return "is open to other users of this machine, and cannot be closed to them."
  }
}
