import { existsSync, readFileSync, statfsSync } from "node:fs"
import { dirname, join } from "node:path"
import { errorLine } from "../../errorLine.ts"

/** The release of PostgreSQL that PGlite is, and makes databases of. */
export const embeddedRelease = "18"

/** Less than a segment of PostgreSQL's log: a start needs more than that. */
const tooLittle = 16 * 1024 * 1024

/** Why the embedded database in `directory` must not be started, if there is one: PGlite would make a new one over it. */
export const embeddedRefusal = (directory: string): string | undefined => {
  if (!existsSync(directory)) return undefined
  const release = releaseOf(directory)
  if (release === embeddedRelease) return undefined
  return release !== undefined && /^\d+$/.test(release)
    ? `The embedded database in ${directory} was made by PostgreSQL ${release}, and this is ${embeddedRelease}: `
      + `start the release of todo that made it, or set TODO_DATA_DIR to another folder`
    : damaged(directory, "it has no PG_VERSION")
}

/** Says why the embedded database in `directory` has not started, and what to do: PGlite ends without a word of it. */
export const embeddedFailure = (directory: string, cause: unknown): string => {
  const free = bytesFree(dirname(directory))
  if (free !== undefined && free < tooLittle) {
    return `No space left for the embedded database in ${directory}: ${Math.floor(free / 1024)} KiB are free, and it `
      + `needs ${tooLittle / 1024 / 1024} MiB to start`
  }
  const said = errorLine(cause).replace(/ Build with -sASSERTIONS.*/, "")
  return existsSync(directory)
    ? damaged(directory, said)
    : `The embedded database in ${directory} cannot be made (${said})`
}

const damaged = (directory: string, said: string) =>
  `The embedded database in ${directory} is damaged (${said}): restore the copy of TODO_DATA_DIR (docs/operations.md), `
  + `or move the folder away to begin with nothing`

const releaseOf = (directory: string) => {
  try {
    return readFileSync(join(directory, "PG_VERSION"), "utf8").trim()
  } catch {
    // There is none yet, or it is lost with the rest.
    return undefined
  }
}

const bytesFree = (directory: string) => {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize
  } catch {
    return undefined
  }
}
