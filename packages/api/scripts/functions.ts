/*
 * Gives the functions of the database their next version where their text has changed, and writes docs/schema.sql.
 *
 *   node packages/api/scripts/functions.ts
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { functionsHash } from "../src/database/functions/Functions.ts"
import * as present from "../src/database/functions/version.ts"

if (functionsHash !== present.hash) {
  writeFileSync(
    join(import.meta.dirname, "../src/database/functions/version.ts"),
    `/** Of the functions of this build: one more with each change of a text (\`node packages/api/scripts/functions.ts\`). */
export const version = ${present.version + 1}

/** Of their texts (a test compares). */
export const hash = "${functionsHash}"
`
  )
}
