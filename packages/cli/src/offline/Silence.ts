import { statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"

/** For so long nobody waits again for a service that has said nothing. */
const memoryMillis = 15_000

/** That the service has said nothing, not even that it is away: what a command has waited for in vain, the next does not. */
export class Silence {
  private readonly folder: string
  private readonly file: string

  constructor(folder: string) {
    this.folder = folder
    this.file = join(folder, "silent")
  }

  note(): void {
    try {
      makeFolder(this.folder, 0o700)
      writeFileSync(this.file, String(Date.now()), { mode: privateMode })
    } catch {
      // The next command waits, too.
    }
  }

  isRecent(): boolean {
    try {
      return Math.abs(Date.now() - statSync(this.file).mtimeMs) < memoryMillis
    } catch {
      return false
    }
  }
}
