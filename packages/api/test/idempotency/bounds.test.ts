import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { assertReplay, isReplay, newKey } from "./Answers.ts"

/** Four bytes each, in no order, so that the database cannot make them smaller. */
const text = () =>
  Array.from({ length: 20_000 }, () => String.fromCodePoint(0x20000 + Math.floor(Math.random() * 40_000))).join("")

const keptOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [kept] = yield* asPerson(
      person,
      sql<{ keys: number; bytes: number }>`SELECT count(*)::integer AS keys,
        coalesce(sum(pg_column_size(answer)), 0)::integer AS bytes FROM todo.idempotency_keys`
    )
    return kept!
  })

const change = (person: Person, id: string, key: Record<string, string>) =>
  person.json("PATCH", `/api/v1/tasks/${id}`, { description: text() }, key)

/** So many stored answers of a minute ago. */
const insert = (person: Person, count: number) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    asPerson(
      person,
      sql`INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, answer, created_at)
        SELECT ${person.id}::uuid, 'old ' || n, '', '{}', now() - interval '1 minute' - make_interval(secs => n)
        FROM generate_series(1, ${count}::int) n`
    ))

suite("the stored answers of one user", (it) => {
  it.effect(
    "are some 4 MiB at the most, whatever is written; the last can still be asked for again",
    () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const { id } = yield* pat.add("x")
        // 80 kB each, ten at a time: 20 MB.
        const answers = yield* Effect.forEach(
          Array.from({ length: 250 }),
          () => change(pat, id, newKey()),
          { concurrency: 10 }
        )
        assert.isTrue(answers.every(({ status }) => status === 200))
        assert.isBelow((yield* keptOf(pat)).bytes, 11 * 2 ** 20)
        const key = newKey()
        const body = { description: text() }
        const last = yield* pat.json("PATCH", `/api/v1/tasks/${id}`, body, key)
        yield* change(pat, id, newKey())
        assertReplay(last, yield* pat.json("PATCH", `/api/v1/tasks/${id}`, body, key))
      }),
    60_000
  )

  it.effect("are some 1,000 at the most, the newest; other users' stay", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      yield* insert(pat, 3000)
      yield* insert(sam, 1200)
      const { id } = yield* pat.add("x")
      // One in six of these looks; that none of 200 does is less likely than that this machine breaks.
      for (let tries = 0; tries < 200 && (yield* keptOf(pat)).keys > 1100; tries++) yield* change(pat, id, newKey())
      const { keys } = yield* keptOf(pat)
      assert.isAtLeast(keys, 900)
      assert.isAtMost(keys, 1100)
      const oldest = yield* asPerson(pat, sql`SELECT FROM todo.idempotency_keys WHERE key IN ('old 1', 'old 3000')`)
      assert.lengthOf(oldest, 1)
      assert.strictEqual((yield* keptOf(sam)).keys, 1200)
      const first = newKey()
      yield* pat.json("POST", "/api/v1/tasks", { title: "y" }, first)
      assert.isTrue(isReplay(yield* pat.json("POST", "/api/v1/tasks", { title: "y" }, first)))
    }), 60_000)
})
