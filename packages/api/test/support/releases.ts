import { readdirSync } from "node:fs"
import { join } from "node:path"

/** Releases whose data the present one takes over, while none of their processes serves. */
const alone = ["9c5169d"]

/** All releases of which there is a bundle (`scripts/keep-release.ts`). */
export const releases: ReadonlyArray<string> = readdirSync(join(import.meta.dirname, "../releases"))
  .map((file) => file.replace(/\.json\.br$/, ""))

/** Those that may serve beside the present one, on the same database. */
export const rollingReleases = releases.filter((name) => !alone.includes(name))
