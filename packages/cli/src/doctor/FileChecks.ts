import { accessSync, constants, existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { objectionToAlias } from "../config/Aliases.ts"
import { configFileIn, ConfigProblem, readConfig } from "../config/ConfigFile.ts"
import type { Config } from "../config/ConfigKeys.ts"
import { fail, type Finding, ok, warn } from "./Check.ts"

const openToOthers = 0o077

const isOpen = (path: string): boolean =>
  process.platform !== "win32" && ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & openToOthers) !== 0

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
  const wasOpen = isOpen(path)
  try {
    const found = aliasFindings(readConfig(configDirectory), commands)
    if (wasOpen) return [...found, warn("config", `${path} was open to other users of this machine, and is closed now`)]
    return found.length > 0 ? found : [ok("config", path)]
  } catch (error) {
    const hints = error instanceof ConfigProblem ? error.hints : ["Set TODO_CONFIG_DIR to a directory of your own."]
    return [fail("config", messageOf(error), ...hints)]
  }
}

/** The folder of what \`todo\` remembers, which has to take files. */
export const folderFinding = (configDirectory: string): Finding => {
  try {
    if (!existsSync(configDirectory)) return ok("folder", `${configDirectory} is made at the first sign-in`)
    accessSync(configDirectory, constants.W_OK | constants.X_OK)
    return isOpen(configDirectory)
      ? warn("folder", `${configDirectory} is open to other users of this machine`, `chmod 700 '${configDirectory}'`)
      : ok("folder", configDirectory)
  } catch (error) {
    return fail("folder", messageOf(error), "Set TODO_CONFIG_DIR to a directory that you can write to.")
  }
}

/** How open the file of sessions is; what is in it is another check's. */
export const credentialsFileFinding = (configDirectory: string): ReadonlyArray<Finding> => {
  const path = join(configDirectory, "credentials.json")
  return isOpen(path)
    ? [warn("credentials", `${path} is open to other users of this machine`, `chmod 600 '${path}'`)]
    : []
}
