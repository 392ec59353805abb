/*
 * Gives the functions of the database their next version where their text has changed, and writes docs/schema.sql.
 *
 *   node packages/api/scripts/functions.ts
 */
import { PgClient } from "@effect/sql-pg"
import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import { Effect } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { functionsHash } from "../src/database/functions/Functions.ts"
import * as present from "../src/database/functions/version.ts"
import { migrate } from "../src/database/Migrations.ts"
import { schemaText } from "./schemaText.ts"

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

const folder = mkdtempSync(join(tmpdir(), "todo-"))
const path = join(folder, ".s.PGSQL.5432")
const db = await PGlite.create()
const server = new PGLiteSocketServer({ db, path })
await server.start()
const text = await Effect.runPromise(
  migrate(schemaText).pipe(
    Effect.provide(PgClient.layer({ host: folder, username: "postgres", database: "postgres", maxConnections: 1 }))
  )
)
await server.stop()
await db.close()
rmSync(folder, { recursive: true })
writeFileSync(join(import.meta.dirname, "../../../docs/schema.sql"), text)
