import { existsSync, readFileSync, realpathSync } from "node:fs"
import { delimiter, join, sep } from "node:path"

/** The name and version of the package that a program belongs to; undefined where it is not npm's. */
const packageOf = (program: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(realpathSync(program), "../../package.json"), "utf8"))
  } catch {
    return undefined
  }
}

/**
 * Whether a shell with this PATH finds the terminal program of a version as `todo`. It is not run: it may be anybody's.
 * npm has the programs of the checkout on the PATH of its scripts, and no shell has.
 */
export const isOnPath = (version: string, path: string): boolean => {
  const program = path.split(delimiter)
    .filter((folder) => folder !== "" && !folder.endsWith(join(sep, "node_modules", ".bin")))
    .map((folder) => join(folder, "todo"))
    .find((file) => existsSync(file))
  const found = program === undefined ? undefined : packageOf(program)
  return found instanceof Object && "name" in found && found.name === "@todo/cli" && "version" in found
    && found.version === version
}
