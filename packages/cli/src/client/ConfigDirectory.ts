import { homedir } from "node:os"
import { isAbsolute, join } from "node:path"

type Environment = Readonly<Record<string, string | undefined>>

/** A path that is not absolute means another directory wherever one stands, and is to be ignored (XDG Base Directory). */
export const absolute = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined

const knownHome = (): string | undefined => {
  try {
    // An empty HOME comes back as it is.
    return absolute(homedir())
  } catch {
    return undefined
  }
}

/** Where the user is at home. A user may have no home: everything that stores nothing works all the same. */
export const home = (): string => knownHome() ?? "/nonexistent"

/** Where the platform has its users' configurations. */
const parentOf = (env: Environment, platform: NodeJS.Platform): string => {
  if (platform === "darwin") return join(home(), "Library", "Preferences")
  if (platform === "win32") return env.APPDATA || join(home(), "AppData", "Roaming")
  return absolute(env.XDG_CONFIG_HOME) ?? join(home(), ".config")
}

/** Where what `todo` remembers is kept: `TODO_CONFIG_DIR`, or a directory among the user's configurations. */
export const configDirectoryOf = (env: Environment, platform: NodeJS.Platform = process.platform): string =>
  env.TODO_CONFIG_DIR || join(parentOf(env, platform), "todo", ...platform === "win32" ? ["Config"] : [])
