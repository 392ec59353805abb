import { Context, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { createHash } from "node:crypto"

/** The functions and triggers of the database that this build needs (docs/adr/0025). */
export class SqlFunctions extends Context.Service<SqlFunctions, {
  /** Their present texts, in an order in which they can be made. */
  readonly texts: ReadonlyArray<string>
  /** One more with each change of a text. */
  readonly version: number
  /** What tells these texts from others. */
  readonly hash: string
}>()("todo/api/database/functions/SqlFunctions") {}

/** The database has functions of the same version with other texts: two builds both say that theirs are the newest. */
export class OtherFunctions extends Schema.TaggedError<OtherFunctions>()("OtherFunctions", {
  message: Schema.String
}) {}

/**
 * Makes a trigger, unless the database has it already, going by its comment: whoever writes to its table at a release that
 * still serves would wait until all is done.
 */
const declareTrigger = Effect.fnUntraced(function*(text: string) {
  const sql = yield* SqlClient.SqlClient
  const [, name, table] = /TRIGGER (\w+) .*? ON (\S+)/s.exec(text)!
  const known = createHash("sha256").update(text).digest("hex")
  const found = yield* sql`SELECT FROM pg_trigger t
    WHERE t.tgrelid = ${table}::regclass AND t.tgname = ${name} AND obj_description(t.oid, 'pg_trigger') = ${known}`
  if (found.length > 0) return
  yield* sql.unsafe(text)
  yield* sql.unsafe(`COMMENT ON TRIGGER ${name} ON ${table} IS '${known}'`)
})

/**
 * Makes the functions anew where those of the database are older. Newer ones stay: an older release works with them. Runs
 * after the migrations, under their lock.
 */
export const declareFunctions = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { hash, texts, version } = yield* SqlFunctions
  const [found] = yield* sql<{ version: number; hash: string }>`SELECT version, hash FROM todo_functions`
  if (found !== undefined && found.version > version) return
  if (found?.version === version) {
    if (found.hash === hash) return
    return yield* new OtherFunctions({
      message:
        `The database has functions of version ${version} that are not those of this build: start the build that `
        + "has made them, or one with a newer version"
    })
  }
  for (const text of texts) {
    yield* text.startsWith("CREATE OR REPLACE TRIGGER")
      ? declareTrigger(text)
      : sql.unsafe(text)
  }
  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
  yield* sql`DELETE FROM todo_functions`
  yield* sql`INSERT INTO todo_functions (version, hash) VALUES (${version}, ${hash})`
})
