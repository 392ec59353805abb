import { Context, Effect, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { createHash } from "node:crypto"
import { grant } from "../roles/RuntimeRole.ts"

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

const isTrigger = (text: string) => text.startsWith("CREATE OR REPLACE TRIGGER")

/** The roles that requests of a release before go by. */
const callers = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const roles = yield* sql<{ name: string }>`SELECT DISTINCT r.rolname AS name
    FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.pronamespace = 'todo'::regnamespace AND p.proname = 'authenticate' AND r.oid <> p.proowner`
  return roles.map(({ name }) => name)
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
  const roles = yield* callers
  for (const text of texts) if (!isTrigger(text)) yield* sql.unsafe(text)
  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
  // What they call calls what is new from now on.
  for (const role of roles) yield* grant(role)
  yield* sql`DELETE FROM todo_functions`
  yield* sql`INSERT INTO todo_functions (version, hash) VALUES (${version}, ${hash})`
})

/**
 * What makes the triggers that the database has not, going by their comments. Each is to be done by itself: whoever writes
 * to its table at a release that still serves waits until it is. Where a newer release has come meanwhile nothing is done.
 */
export const triggersToDeclare = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { texts, version } = yield* SqlFunctions
  const missing: Array<Effect.Effect<void, SqlError.SqlError>> = []
  for (const text of texts.filter(isTrigger)) {
    const [, name, table] = /TRIGGER (\w+) .*? ON (\S+)/s.exec(text)!
    const known = createHash("sha256").update(text).digest("hex")
    const found = yield* sql`SELECT FROM pg_trigger t
      WHERE t.tgrelid = ${table}::regclass AND t.tgname = ${name} AND obj_description(t.oid, 'pg_trigger') = ${known}`
    if (found.length > 0) continue
    missing.push(Effect.gen(function*() {
      const present = yield* sql`SELECT FROM todo_functions f WHERE f.version = ${version}`
      if (present.length === 0) return
      yield* sql.unsafe(text)
      yield* sql.unsafe(`COMMENT ON TRIGGER ${name} ON ${table} IS '${known}'`)
    }))
  }
  return missing
})
