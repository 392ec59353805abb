import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { createHash } from "node:crypto"
import credentials from "../../auth/credentials.sql.ts"
import changes from "../../changes/changes.sql.ts"
import limits from "../../limits/limits.sql.ts"
import sessions from "../../sessions/sessions.sql.ts"
import tasks from "../../tasks/tasks.sql.ts"
import tokens from "../../tokens/tokens.sql.ts"
import door from "./door.sql.ts"
import idempotency from "./idempotency.sql.ts"
import operations from "./operations.sql.ts"
import * as present from "./version.ts"

/** The present text of every function and trigger of the database, in an order in which they can be made. */
export const functions: ReadonlyArray<string> = [
  ...door,
  ...idempotency,
  ...operations,
  ...changes,
  ...credentials,
  ...sessions,
  ...limits,
  ...tokens,
  ...tasks
]

/** What tells these texts from others. */
export const functionsHash = createHash("sha256").update(functions.join("\n")).digest("hex")

/** The database has functions of the same version with other texts: two builds both say that theirs are the newest. */
export class OtherFunctions extends Schema.TaggedError<OtherFunctions>()("OtherFunctions", {
  message: Schema.String
}) {}

/**
 * Makes the functions anew where those of the database are older (docs/adr/0025). Newer ones stay: an older release works
 * with them. Runs after the migrations, under their lock.
 */
export const declareFunctions = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [found] = yield* sql<{ version: number; hash: string }>`SELECT version, hash FROM todo_functions`
  if (found !== undefined && found.version > present.version) return
  if (found?.version === present.version) {
    if (found.hash === present.hash) return
    return yield* new OtherFunctions({
      message: `The database has functions of version ${present.version} that are not those of this build: start the `
        + "build that has made them, or one with a newer version"
    })
  }
  for (const text of functions) yield* sql.unsafe(text)
  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
  yield* sql`DELETE FROM todo_functions`
  yield* sql`INSERT INTO todo_functions (version, hash) VALUES (${present.version}, ${present.hash})`
})
