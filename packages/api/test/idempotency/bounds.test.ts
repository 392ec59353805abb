import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { isReplay, newKey } from "./Answers.ts"

const keptOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [kept] = yield* asPerson(
      person,
      sql<{ keys: number }>`SELECT count(*)::integer AS keys FROM todo.idempotency_keys`
    )
    return kept!.keys
  })

/** A write with a key of its own that changes nothing. */
const touch = (person: Person, id: string) => person.json("PATCH", `/api/v1/tasks/${id}`, {}, newKey())

/** So many keys of a minute ago. */
const insert = (person: Person, count: number) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    asPerson(
      person,
      sql`INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, answer, created_at)
        SELECT ${person.id}::uuid, 'old ' || n, '', '{}', now() - interval '1 minute' - make_interval(secs => n)
        FROM generate_series(1, ${count}::int) n`
    ))

suite("the keys that are known of one user", (it) => {
  it.effect("are some 1,000 at the most, the newest; other users' stay", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      yield* insert(pat, 5000)
      yield* insert(sam, 1200)
      const { id } = yield* pat.add("x")
      // One in 128 of these looks; that none of 3,000 does is less likely than that this machine breaks.
      for (let tries = 0; tries < 60 && (yield* keptOf(pat)) > 2000; tries++) {
        yield* Effect.forEach(Array.from({ length: 50 }), () => touch(pat, id), { concurrency: 10 })
      }
      const keys = yield* keptOf(pat)
      assert.isAtLeast(keys, 1000)
      assert.isAtMost(keys, 1000 + 50)
      assert.lengthOf(yield* asPerson(pat, sql`SELECT FROM todo.idempotency_keys WHERE key = 'old 5000'`), 0)
      assert.strictEqual(yield* keptOf(sam), 1200)
      const first = newKey()
      yield* pat.json("POST", "/api/v1/tasks", { title: "y" }, first)
      assert.isTrue(isReplay(yield* pat.json("POST", "/api/v1/tasks", { title: "y" }, first)))
    }), 60_000)
})
