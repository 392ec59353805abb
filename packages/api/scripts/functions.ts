/*
 * Gives the functions of the database their next version where their text has changed, and writes docs/schema.sql.
 *
 *   node packages/api/scripts/functions.ts
 */
import { PgClient } from "@effect/sql-pg"
import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import { Effect, Layer } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrate } from "../src/database/Migrations.ts"
import * as present from "../src/functionsVersion.ts"
import { functionsHash, FunctionsLive } from "../src/Service.ts"
import { schemaText } from "./schemaText.ts"

if (functionsHash !== present.hash) {
  writeFileSync(
    join(import.meta.dirname, "../src/functionsVersion.ts"),
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
  Effect.provide(
    migrate(schemaText),
    Layer.merge(
      FunctionsLive,
      PgClient.layer({ host: folder, username: "postgres", database: "postgres", maxConnections: 1 })
    )
  )
)
await server.stop()
await db.close()
rmSync(folder, { recursive: true })
writeFileSync(join(import.meta.dirname, "../../../docs/schema.sql"), text)
