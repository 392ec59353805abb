import { assert } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { SqlClient } from "effect/sql"
import { bearer, newPerson, origin, type Person, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const deleteAccount = ({ password, session }: Person) =>
  sendJson("POST", "/api/auth/delete-user", { password }, { ...bearer(session), ...origin })

/** Writes of all sorts, each with a key: it is kept beside what is written, and refers to the account. */
const writes = (person: Person, ids: ReadonlyArray<string>) =>
  Effect.forEach(
    ids.flatMap((id) => [
      ["POST", "/api/v1/tasks", { title: "another" }] as const,
      ["PATCH", `/api/v1/tasks/${id}`, { title: "changed" }] as const,
      ["DELETE", `/api/v1/tasks/${id}`, ""] as const
    ]),
    ([method, path, body]) => person.json(method, path, body, { "idempotency-key": crypto.randomUUID() }),
    { concurrency: 8 }
  )

/** Does work in a transaction that sees what a user has. */
const asUser = (id: string) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* sql.withTransaction(
      Effect.andThen(sql`SELECT set_config('app.user_id', ${id}, true)`, work)
    )
  })

/** The tables that have a row of an account. */
const tablesWith = (id: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const tables = yield* sql<{ name: string; owner: string }>`
      SELECT format('%I.%I', c.table_schema, c.table_name) AS name, c.column_name AS owner
        FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_type = 'BASE TABLE' AND c.table_schema IN ('auth', 'todo') AND c.column_name IN ('user_id', 'userId')`
    const found = yield* Effect.filter(tables, ({ name, owner }) =>
      Effect.map(
        sql.unsafe(`SELECT FROM ${name} WHERE "${owner}" = $1 LIMIT 1`, [id]),
        (rows) => rows.length > 0
      ))
    return found.map(({ name }) => name).toSorted()
  }).pipe(asUser(id))

suite("an account that is deleted while its owner writes", (it) => {
  it.effect("waits for a write, which has the counter and then wants the account", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* pat.add("x")
      const deletion = yield* sql.withTransaction(Effect.gen(function*() {
        yield* sql`SELECT set_config('app.user_id', ${pat.id}, true)`
        yield* sql`UPDATE todo.counters SET seq = seq + 1`
        const deletion = yield* Effect.forkChild(deleteAccount(pat))
        // The deletion has come as far as it comes, once it waits for this transaction.
        const [own] = yield* sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`
        yield* Effect.repeat(
          sql<{ waits: boolean }>`
            SELECT EXISTS (SELECT FROM pg_locks l WHERE ${own!.pid}::integer = ANY (pg_blocking_pids(l.pid))) AS waits`,
          { until: ([row]) => row!.waits }
        )
        // What remembers a key does.
        yield* sql`INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, answer, created_at)
          VALUES (${pat.id}::uuid, 'x', '\\x00', '{}', now())`
        return deletion
      }))
      assert.strictEqual((yield* Fiber.join(deletion)).status, 200)
    }))

  it.effect("is gone, and each write was done before that, or is refused", () =>
    Effect.gen(function*() {
      for (let round = 0; round < 6; round++) {
        const pat = yield* newPerson
        const ids = (yield* Effect.forEach(Array.from({ length: 6 }), () => pat.add("x"))).map(({ id }) => id)
        assert.includeMembers(yield* tablesWith(pat.id), [
          "auth.session",
          "todo.changes",
          "todo.counters",
          "todo.operations"
        ])
        const [answers, deleted] = yield* Effect.all([
          writes(pat, ids),
          Effect.delay(deleteAccount(pat), round * 4)
        ], { concurrency: 2 })
        assert.strictEqual(deleted.status, 200, deleted.text)
        for (const { status, text } of answers) assert.include([200, 201, 204, 401, 404], status, text)
        assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 401)
        assert.deepStrictEqual(yield* tablesWith(pat.id), [])
      }
    }), 60_000)
})
