import { assert } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

const codeOf = (error: SqlError.SqlError) => (error.reason.cause as { readonly code?: string }).code

/** The statements run on the service's own client: as the runtime role. */
suite("the database, as the runtime role", (it) => {
  const sessionOf = (person: Person) => claimsOf(person.jwt).sid
  const twoPeople = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const pat = yield* newPerson
    const sam = yield* newPerson
    return { sql, pat, sam, task: yield* pat.add("Pat's"), other: yield* sam.add("Sam's") }
  })
  /** Runs statements in one transaction, after the door has let `person` in. */
  const asPerson = <A, E, R>(person: Person, effect: Effect.Effect<A, E, R>) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      return yield* sql.withTransaction(
        Effect.andThen(sql`SELECT FROM todo.authenticate(${sessionOf(person)}, ${person.id})`, effect)
      )
    })

  it.effect("is neither owner, nor superuser, nor able to bypass the policies", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const [role] = yield* sql<
        Record<string, unknown>
      >`SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
          pg_has_role(r.oid, c.relowner, 'MEMBER') AS owner, has_schema_privilege(r.oid, 'todo', 'CREATE') AS creates
        FROM pg_roles r, pg_class c WHERE r.rolname = session_user AND c.oid = 'todo.tasks'::regclass`
      assert.deepStrictEqual(role, {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owner: false,
        creates: false
      })
    }))

  it.effect("has row-level security enabled and forced on every table of the schema todo", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // `zones` is of no user.
      const tables = yield* sql<{ name: string; guarded: boolean }>`
        SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS guarded FROM pg_class
        WHERE relnamespace = 'todo'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'zones'`
      assert.isAtLeast(tables.length, 2)
      assert.deepStrictEqual(tables.filter((table) => !table.guarded), [])
    }))

  it.effect("shows and takes no row without the door", () =>
    Effect.gen(function*() {
      const { pat, sql, task } = yield* twoPeople
      assert.deepStrictEqual(yield* sql`SELECT * FROM todo.tasks`, [])
      assert.deepStrictEqual(yield* sql`SELECT * FROM todo.tasks WHERE user_id = ${pat.id}`, [])
      assert.deepStrictEqual(yield* sql`SELECT * FROM todo.counters`, [])
      assert.deepStrictEqual(yield* sql`UPDATE todo.tasks SET title = 'x' RETURNING id`, [])
      assert.deepStrictEqual(yield* sql`DELETE FROM todo.tasks RETURNING id`, [])
      const error = yield* Effect.flip(sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
        VALUES (${pat.id}, gen_random_uuid(), 99, 'x', now(), now())`)
      assert.strictEqual(codeOf(error), "42501")
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body.title, "Pat's")
    }))

  it.effect("shows, changes and deletes one's own rows only, behind the door", () =>
    Effect.gen(function*() {
      const { other, pat, sam, sql, task } = yield* twoPeople
      const seen = yield* asPerson(pat, sql<{ id: string }>`SELECT id FROM todo.tasks`)
      assert.deepStrictEqual(seen.map((row) => row.id), [task.id])
      const changed = yield* asPerson(pat, sql<{ id: string }>`UPDATE todo.tasks SET title = 'mine' RETURNING id`)
      assert.deepStrictEqual(changed.map((row) => row.id), [task.id])
      assert.deepStrictEqual(yield* asPerson(pat, sql`DELETE FROM todo.tasks WHERE id = ${other.id} RETURNING id`), [])
      assert.strictEqual((yield* sam.get(`/api/v1/tasks/${other.id}`)).body.title, "Sam's")
    }))

  it.effect("lets no row be given to another user", () =>
    Effect.gen(function*() {
      const { pat, sam, sql } = yield* twoPeople
      const given = yield* Effect.flip(asPerson(pat, sql`UPDATE todo.tasks SET user_id = ${sam.id}`))
      assert.strictEqual(codeOf(given), "42501")
      const made = yield* Effect.flip(
        asPerson(
          pat,
          sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
            VALUES (${sam.id}, gen_random_uuid(), 99, 'x', now(), now())`
        )
      )
      assert.strictEqual(codeOf(made), "42501")
      assert.lengthOf((yield* sam.get("/api/v1/tasks")).body.items, 1)
    }))

  it.effect("forgets who it was after each transaction", () =>
    Effect.gen(function*() {
      const { pat, sql } = yield* twoPeople
      for (let i = 0; i < 20; i++) {
        yield* asPerson(pat, sql`SELECT 1`)
        yield* pat.get("/api/v1/tasks")
        const [row] = yield* sql<{ who: string }>`SELECT coalesce(current_setting('app.user_id', true), '') AS who`
        assert.strictEqual(row!.who, "")
        assert.deepStrictEqual(yield* sql`SELECT * FROM todo.tasks`, [])
      }
    }))

  it.effect("opens the door for a live session of that very user only", () =>
    Effect.gen(function*() {
      const { pat, sam, sql } = yield* twoPeople
      const knock = (sid: string, uid: string) => Effect.exit(sql`SELECT FROM todo.authenticate(${sid}, ${uid})`)
      assert.isTrue(Exit.isSuccess(yield* knock(sessionOf(pat), pat.id)))
      const nobody = "01980000-0000-7000-8000-000000000000"
      for (const [sid, uid] of [[sessionOf(sam), pat.id], [nobody, pat.id], [sessionOf(pat), nobody]] as const) {
        const error = yield* Effect.flip(sql`SELECT FROM todo.authenticate(${sid}, ${uid})`)
        assert.strictEqual(codeOf(error), "28000")
      }
      yield* sql`UPDATE auth."session" SET "expiresAt" = now() - interval '1 second' WHERE "id" = ${sessionOf(pat)}`
      assert.strictEqual(
        codeOf(yield* Effect.flip(sql`SELECT FROM todo.authenticate(${sessionOf(pat)}, ${pat.id})`)),
        "28000"
      )
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 401)
    }))

  it.effect("deletes a user's tasks with the user, and nobody else's", () =>
    Effect.gen(function*() {
      const { pat, sam, sql } = yield* twoPeople
      yield* sql`DELETE FROM auth."user" WHERE "id" = ${pat.id}`
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 401)
      assert.lengthOf((yield* sam.get("/api/v1/tasks")).body.items, 1)
    }))
})
