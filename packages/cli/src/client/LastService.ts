import { Effect } from "effect"
import { Settings } from "../Settings.ts"
import { targetOf, writeAtomically } from "./AtomicFile.ts"
import { lastServiceFile } from "./LastServiceFile.ts"
import { makeFolder } from "./MakeFolder.ts"
import { privateMode } from "./PrivateFile.ts"

/** Makes a service the one for commands that name none. Where that cannot be kept they have to name it. */
export const rememberServiceAt = (apiUrl: string, configDirectory: string): void => {
  try {
    makeFolder(configDirectory, 0o700)
    writeAtomically(targetOf(lastServiceFile(configDirectory)), `${apiUrl}\n`, privateMode)
  } catch {
    // Nobody is the worse for it.
  }
}

/** The same with the service in use. */
export const rememberService = Effect.map(
  Settings,
  ({ apiUrl, configDirectory }) => rememberServiceAt(apiUrl, configDirectory)
)
