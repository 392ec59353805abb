import { rmSync, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"

/** For so long it is remembered that something was so. */
const memoryMillis = 15_000

/** That something was so a moment ago, in a file: what one command has found out, the next does not. */
export class Recently {
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  note(): void {
    try {
      makeFolder(dirname(this.file), 0o700)
      writeFileSync(this.file, String(Date.now()), { mode: privateMode })
    } catch {
      // The next command finds it out, too.
    }
  }

  forget(): void {
    try {
      rmSync(this.file, { force: true })
    } catch {
      // It is forgotten by itself.
    }
  }

  isSo(): boolean {
    try {
      return Math.abs(Date.now() - statSync(this.file).mtimeMs) < memoryMillis
    } catch {
      return false
    }
  }
}
