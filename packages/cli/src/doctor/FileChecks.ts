import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { lastServiceFile } from "../client/LastServiceFile.ts"
import { objectionToAlias } from "../config/Aliases.ts"
import { configFileIn, ConfigProblem, readConfig } from "../config/ConfigFile.ts"
import type { Config } from "../config/ConfigKeys.ts"
import { fail, type Finding, ok, warn } from "./Check.ts"

const openToOthers = 0o077
const writableByOthers = 0o022
/** In such a folder others make files, and take nobody's away. */
const sticky = 0o1000

const modeOf = (path: string): number =>
  process.platform === "win32" ? 0 : statSync(path, { throwIfNoEntry: false })?.mode ?? 0

const isOpen = (path: string): boolean => (modeOf(path) & openToOthers) !== 0

const isOpenFolder = (path: string): boolean => {
  const mode = modeOf(path)
  return (mode & writableByOthers) !== 0 && (mode & sticky) === 0
}

/** What to type, whatever a path has in it. */
const chmod = (mode: string, path: string): string => `chmod ${mode} '${path.replaceAll("'", "'\\''")}'`

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error)

/** Aliases that no longer mean anything: a release has brought a command of that name, or has no such command. */
const aliasFindings = ({ aliases = {} }: Config, commands: ReadonlyArray<string>): ReadonlyArray<Finding> =>
  Object.entries(aliases).flatMap(([name, line]) => {
    const objection = objectionToAlias(name, line, commands)
    return objection === undefined
      ? []
      : [warn("config", `Alias ${name}: ${objection}`, `todo config unset aliases.${name}`)]
  })

/** The file of defaults and aliases. */
export const configFindings = (configDirectory: string, commands: ReadonlyArray<string>): ReadonlyArray<Finding> => {
  const path = configFileIn(configDirectory)
  if (!existsSync(path)) return [ok("config", "Nothing is configured on this machine")]
  try {
    const found = aliasFindings(readConfig(configDirectory), commands)
    if (isOpen(path)) {
      return [...found, warn("config", `${path} is open to other users of this machine`, chmod("600", path))]
    }
    return found.length > 0 ? found : [ok("config", path)]
  } catch (error) {
    const hints = error instanceof ConfigProblem ? error.hints : ["Set TODO_CONFIG_DIR to a directory of your own."]
    return [fail("config", messageOf(error), ...hints)]
  }
}

/** Folders of which others could put another in the place of what is in them. */
const openAbove = (configDirectory: string): ReadonlyArray<Finding> => {
  const file = credentialsIn(configDirectory)
  const folders = new Set([
    dirname(realpathSync(configDirectory)),
    ...existsSync(file) ? [dirname(realpathSync(file))] : []
  ])
  folders.delete(realpathSync(configDirectory))
  return [...folders].filter(isOpenFolder).map((path) =>
    warn("folder", `${path} can be changed by other users of this machine`, chmod("go-w", path))
  )
}

/** The folder of what `todo` remembers, which has to take files. */
export const folderFindings = (configDirectory: string): ReadonlyArray<Finding> => {
  try {
    if (!existsSync(configDirectory)) return [ok("folder", `${configDirectory} is made at the first sign-in`)]
    accessSync(configDirectory, constants.W_OK | constants.X_OK)
    const open = [
      ...isOpen(configDirectory)
        ? [warn("folder", `${configDirectory} is open to other users of this machine`, chmod("700", configDirectory))]
        : [],
      ...openAbove(configDirectory)
    ]
    return open.length > 0 ? open : [ok("folder", configDirectory)]
  } catch (error) {
    return [fail("folder", messageOf(error), "Set TODO_CONFIG_DIR to a directory that you can write to.")]
  }
}

const credentialsIn = (configDirectory: string): string => join(configDirectory, "credentials.json")

/** How open the files of sessions and of the service in use are; what is in them is another check's. */
export const credentialsFileFindings = (configDirectory: string): ReadonlyArray<Finding> =>
  [credentialsIn(configDirectory), lastServiceFile(configDirectory)].filter(isOpen).map((path) =>
    warn("credentials", `${path} is open to other users of this machine`, chmod("600", path))
  )
