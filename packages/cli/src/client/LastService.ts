import { Effect } from "effect"
import { Settings } from "../Settings.ts"
import { targetOf, writeAtomically } from "./AtomicFile.ts"
import { lastServiceFile } from "./LastServiceFile.ts"
import { makeFolder } from "./MakeFolder.ts"
import { privateMode } from "./PrivateFile.ts"

const write = (configDirectory: string, apiUrl: string): void => {
  try {
    makeFolder(configDirectory, 0o700)
    writeAtomically(targetOf(lastServiceFile(configDirectory)), `${apiUrl}\n`, privateMode)
  } catch {
    // Nobody is the worse for it.
  }
}

/** Makes the service in use the one for commands that name none. Where that cannot be kept they have to name it. */
export const rememberService = Effect.map(Settings, ({ apiUrl, configDirectory }) => write(configDirectory, apiUrl))
