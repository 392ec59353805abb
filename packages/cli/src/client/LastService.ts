import { Effect } from "effect"
import { join } from "node:path"
import { Settings } from "../Settings.ts"
import { targetOf, writeAtomically } from "./AtomicFile.ts"
import { makeFolder } from "./MakeFolder.ts"
import { privateMode, readPrivateFile } from "./PrivateFile.ts"

const fileIn = (configDirectory: string): string => join(configDirectory, "last-service")

/** The address of the service that somebody last signed in to; undefined where nobody has. */
export const lastService = (configDirectory: string): string | undefined => {
  try {
    return readPrivateFile(fileIn(configDirectory))?.text.trim() || undefined
  } catch {
    // Nor is it taken from another user: passwords go where it says.
    return undefined
  }
}

/** Makes a service the one for commands that name none. Where that cannot be kept they have to name it. */
export const rememberServiceAt = (apiUrl: string, configDirectory: string): void => {
  try {
    makeFolder(configDirectory, 0o700)
    writeAtomically(targetOf(fileIn(configDirectory)), `${apiUrl}\n`, privateMode)
  } catch {
    // Nobody is the worse for it.
  }
}

/** The same with the service in use. */
export const rememberService = Effect.map(
  Settings,
  ({ apiUrl, configDirectory }) => rememberServiceAt(apiUrl, configDirectory)
)
