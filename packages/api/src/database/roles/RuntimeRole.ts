import { Duration, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { createHmac } from "node:crypto"

/** The service would run on a role that row-level security does not hold, or cannot make a better one. */
export class UnsafeDatabaseRole extends Schema.TaggedError<UnsafeDatabaseRole>()("UnsafeDatabaseRole", {
  message: Schema.String
}) {}

/** How the service signs in to the database for its requests. */
export interface RuntimeLogin {
  readonly username: string
  readonly password: string
}

/**
 * The password of the runtime role. Every replica derives the same from the
 * service's secret, so that there is nothing more to configure or to leak.
 */
export const derivePassword = (secret: string) =>
  createHmac("sha256", secret).update("todo runtime role").digest("base64url")

/** Whether `role` could read or write rows in spite of the policies. */
const canBypass = (role: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql<{ bypass: boolean }>`
      SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, t.relowner, 'MEMBER') AS bypass
      FROM pg_roles r, pg_class t WHERE r.rolname = ${role} AND t.oid = 'todo.tasks'::regclass`
    return rows[0]?.bypass !== false
  })

/** Lets `role` do what requests need, and no more. */
export const grant = (role: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const name = sql(role)
    yield* sql`GRANT USAGE ON SCHEMA auth, todo TO ${name}`
    yield* sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO ${name}`
    yield* sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA todo TO ${name}`
    yield* sql`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA todo TO ${name}`
  })

/**
 * Makes sure that there is a role for requests which row-level security holds:
 * neither superuser nor BYPASSRLS nor owner of the tables. Runs after the
 * migrations, as their role. Where `wanted`, the role of `DATABASE_URL`, is
 * such a role it is used as it is (undefined is answered); where it is not, as
 * with the roles that Neon makes, `todo_app_<database>` is.
 *
 * Its password is set only when `accepts` says that it is not the right one:
 * PostgreSQL would salt it anew, and a pooler that has learnt the old salt
 * would let nobody in.
 */
export const ensureRuntimeRole = Effect.fn("ensureRuntimeRole")(function*<R>(parts: {
  readonly wanted: string | undefined
  readonly secret: string
  /** Undefined: statements take as long as they like. */
  readonly statementTimeout: Duration.Duration | undefined
  readonly accepts: (login: RuntimeLogin) => Effect.Effect<boolean, never, R>
}) {
  const { wanted } = parts
  const sql = yield* SqlClient.SqlClient
  if (wanted !== undefined && !(yield* canBypass(wanted))) {
    yield* grant(wanted)
    return undefined
  }
  const [context] = yield* sql<{ database: string }>`SELECT current_database() AS database`
  const login: RuntimeLogin = {
    // Roles belong to the whole server: the database in the name keeps two services on one server apart.
    username: `todo_app_${context!.database}`.slice(0, 63),
    password: derivePassword(parts.secret)
  }
  const name = `"${login.username.replaceAll("\"", "\"\"")}"`
  const found = yield* sql`SELECT 1 FROM pg_roles WHERE rolname = ${login.username}`
  const change = found.length === 0 ? "CREATE" : (yield* parts.accepts(login)) ? undefined : "ALTER"
  yield* Effect.gen(function*() {
    // None of these takes parameters. The password is base64url, safe between quotes.
    if (change !== undefined) yield* sql.unsafe(`${change} ROLE ${name} LOGIN PASSWORD '${login.password}'`)
    // A setting of the role, since poolers refuse it as a parameter of the connection.
    yield* sql.unsafe(
      parts.statementTimeout === undefined
        ? `ALTER ROLE ${name} RESET statement_timeout`
        : `ALTER ROLE ${name} SET statement_timeout = ${Math.ceil(Duration.toMillis(parts.statementTimeout))}`
    )
  }).pipe(
    Effect.catchReason("SqlError", "AuthorizationError", () =>
      new UnsafeDatabaseRole({
        message: `The database role ${wanted} could bypass row-level security and may not make another: run `
          + `"ALTER ROLE ${wanted} CREATEROLE" as an administrator, or set DATABASE_URL to a role that is neither `
          + `superuser nor BYPASSRLS nor owner of the tables, and DATABASE_URL_UNPOOLED to this one`
      }))
  )
  yield* grant(login.username)
  return login
})

/** Fails unless row-level security holds the role of the connection. Asked on the connection that serves requests. */
export const assertRuntimeRole = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [role] = yield* sql<{ name: string; filters: string }>`
    SELECT session_user::text AS name, current_setting('row_security') AS filters`
  if (yield* canBypass(role!.name)) {
    const name = role!.name.replaceAll("\"", "\"\"")
    return yield* new UnsafeDatabaseRole({
      message: `The database role ${role!.name} could bypass row-level security. As an administrator run `
        + `"ALTER ROLE \\"${name}\\" NOSUPERUSER NOBYPASSRLS" and take it out of the role that owns todo.tasks`
    })
  }
  // PostgreSQL then refuses every statement that a policy would filter, and the service would be ready for nothing.
  if (role!.filters !== "on") {
    return yield* new UnsafeDatabaseRole({
      message: `row_security is off for the database role ${role!.name}, which can read and write nothing then; run: `
        + `ALTER ROLE "${role!.name.replaceAll("\"", "\"\"")}" SET row_security = on`
    })
  }
})
