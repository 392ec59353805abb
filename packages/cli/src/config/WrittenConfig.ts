import { targetOf, writeAtomically } from "../client/AtomicFile.ts"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"
import { configFileIn } from "./ConfigFile.ts"
import type { Config } from "./ConfigKeys.ts"

/** Keeps it, for its user alone. Throws what the file system throws. */
export const writeConfig = (configDirectory: string, config: Config): void => {
  makeFolder(configDirectory, 0o700)
  writeAtomically(targetOf(configFileIn(configDirectory)), `${JSON.stringify(config, null, 2)}\n`, privateMode)
}
