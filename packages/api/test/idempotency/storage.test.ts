import { assert } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { SqlClient } from "effect/sql"
import { expires } from "../../src/Service.ts"
import { sweep } from "../../src/sweeper/Sweeper.ts"
import { asPerson } from "../support/asPerson.ts"
import { bearer, newPerson, origin, type Person, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"
import { assertReplay, isReplay, newKey } from "./Answers.ts"

const keysOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* asPerson(person, sql<{ key: string; answer: unknown }>`SELECT key, answer FROM todo.idempotency_keys`)
  })

const age = (person: Person, by: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* asPerson(person, sql`UPDATE todo.idempotency_keys SET created_at = created_at - ${by}::interval`)
  })

const add = (person: Person, key: Record<string, string>, title = "x") =>
  person.json("POST", "/api/v1/tasks", { title }, key)

suite("idempotency keys", (it) => {
  it.effect("are kept for 24 hours, and new again after that", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const first = yield* add(pat, key)
      yield* age(pat, "23 hours 59 minutes")
      assertReplay(first, yield* add(pat, key))
      yield* age(pat, "2 minutes")
      const second = yield* add(pat, key, "another")
      assert.strictEqual(second.status, 201)
      assert.isFalse(isReplay(second))
      assertReplay(second, yield* add(pat, key, "another"))
      // Also of what a secret is made for: it is not the one of the day before.
      const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const again = newKey()
      const made = yield* pat.json("POST", "/api/v1/tokens", token, again)
      yield* age(pat, "25 hours")
      const next = yield* pat.json("POST", "/api/v1/tokens", token, again)
      assert.strictEqual(next.status, 201)
      assert.notStrictEqual(next.body.secret, made.body.secret)
    }))

  it.effect("are swept after 24 hours, and tokens for scripts 30 days after their end; nothing else is", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      const names = ["live", "ended", "long gone"]
      for (const name of names) {
        yield* pat.json("POST", "/api/v1/tokens", { name, scopes: ["tasks:read"], expiresInDays: 1 })
      }
      yield* asPerson(
        pat,
        sql`UPDATE todo.script_tokens SET expires_at = now() - interval '29 days' WHERE name = 'ended'`
      )
      yield* asPerson(
        pat,
        sql`UPDATE todo.script_tokens SET expires_at = now() - interval '31 days' WHERE name = 'long gone'`
      )
      const [old, young] = [newKey(), newKey()]
      yield* add(pat, old)
      yield* age(pat, "25 hours")
      yield* add(pat, young)
      yield* add(sam, old)
      yield* sweep(expires)
      yield* sweep(expires)
      const keys = [...yield* keysOf(pat), ...yield* keysOf(sam)].map(({ key }) => key)
      assert.deepStrictEqual(keys, [young["idempotency-key"], old["idempotency-key"]])
      const tokens = yield* asPerson(
        pat,
        sql<{ name: string }>`SELECT name FROM todo.script_tokens ORDER BY created_at`
      )
      assert.deepStrictEqual(tokens.map(({ name }) => name), ["live", "ended"])
      assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 2)
    }))

  it.effect("cannot be swept early, nor read, nor changed, without the door", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* add(pat, newKey())
      assert.deepStrictEqual(yield* sql`SELECT * FROM todo.idempotency_keys`, [])
      assert.deepStrictEqual(yield* sql`UPDATE todo.idempotency_keys SET answer = '{}' RETURNING 1`, [])
      yield* sql`DELETE FROM todo.idempotency_keys WHERE user_id = ${pat.id}`
      yield* age(pat, "25 hours")
      // With a condition it reads the row, and it may not.
      yield* sql`DELETE FROM todo.idempotency_keys WHERE user_id = ${pat.id}`
      assert.lengthOf(yield* keysOf(pat), 1)
    }))

  it.effect("go with the account", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* add(pat, newKey())
      assert.lengthOf(yield* keysOf(pat), 1)
      const deleted = yield* sendJson("POST", "/api/auth/delete-user", { password: pat.password }, {
        ...origin,
        ...bearer(pat.session)
      })
      assert.strictEqual(deleted.status, 200)
      assert.deepStrictEqual(yield* keysOf(pat), [])
    }))

  it.effect("are not kept when what they came with fails", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const key = newKey()
      // A title that the service would have refused: the function raises after it has looked for the key.
      const op = { id: crypto.randomUUID(), body: { title: "" }, now: new Date(), operation: crypto.randomUUID() }
      const failed = yield* Effect.exit(sql`SELECT verdict FROM todo.task_create(${claimsOf(pat.jwt).sid}, ${pat.id},
        ${JSON.stringify(op)}::jsonb, ${key["idempotency-key"]}, '\\x00')`)
      assert.isTrue(Exit.isFailure(failed))
      assert.deepStrictEqual(yield* keysOf(pat), [])
      assert.strictEqual((yield* add(pat, key)).body.number, 1)
      assert.lengthOf(yield* keysOf(pat), 1)
    }))

  it.effect("keep no text of what they came with", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { body } = yield* add(pat, newKey(), "Private")
      const kept = JSON.stringify(yield* keysOf(pat))
      assert.include(kept, body.id)
      assert.notInclude(kept, "Private")
    }))

  it.effect("keep no secret of a token", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const { body } = yield* pat.json("POST", "/api/v1/tokens", token, newKey())
      const kept = JSON.stringify(yield* keysOf(pat))
      assert.include(kept, body.id)
      assert.notInclude(kept, body.secret)
    }))
})
