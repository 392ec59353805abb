import { join } from "node:path"
import { peekPrivateFile } from "./PrivateFile.ts"

/** The file that holds the address of the service that somebody last signed in to. */
export const lastServiceFile = (configDirectory: string): string => join(configDirectory, "last-service")

/** That address; undefined where nobody has signed in. */
export const lastService = (configDirectory: string): string | undefined => {
  try {
    return peekPrivateFile(lastServiceFile(configDirectory))?.trim() || undefined
  } catch {
    // Nor is it taken from another user: passwords go where it says.
    return undefined
  }
}
