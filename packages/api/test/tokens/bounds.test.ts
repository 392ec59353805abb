import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertReplay, newKey } from "../idempotency/Answers.ts"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const make = (person: Person, headers: Record<string, string> = {}) =>
  person.json("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }, headers)

/** Tokens as they were made before there was a limit; of days in the past, some that have ended. */
const insert = (person: Person, count: number, days = 1) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    asPerson(
      person,
      sql`INSERT INTO todo.script_tokens (user_id, id, name, scopes, created_at, expires_at)
        SELECT ${person.id}, gen_random_uuid(), 'old', '{tasks:read}', now(), now() + make_interval(days => ${days}::int)
        FROM generate_series(1, ${count}::int)`
    ))

suite("the tokens of one user", (it) => {
  it.effect("are 50 live ones at the most; who revokes one may make one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* insert(pat, 49)
      yield* insert(pat, 10, -1)
      const key = newKey()
      const last = yield* make(pat, key)
      assert.strictEqual(last.status, 201)
      for (let again = 0; again < 2; again++) {
        const refused = yield* make(pat)
        assertProblem(refused, 409, "limit_reached")
        assert.include(refused.body, { limit: "tokens", max: 50, detail: "You have 50 tokens: revoke one first" })
      }
      // Its answer was lost, and there is no room for another: the same one is answered, secret and all.
      assertReplay(last, yield* make(pat, key))
      assert.lengthOf((yield* pat.get("/api/v1/tokens")).body.items, 50)
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tokens/${last.body.id}`, "")).status, 204)
      assert.strictEqual((yield* make(pat)).status, 201)
      assertProblem(yield* make(pat, newKey()), 409, "limit_reached")
      assert.strictEqual((yield* make(yield* newPerson)).status, 201)
    }))

  it.effect("are no more when many are asked for at once", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* insert(pat, 45)
      const answers = yield* Effect.all(
        Array.from({ length: 20 }, (_, n) => make(pat, n % 2 === 0 ? newKey() : {})),
        { concurrency: "unbounded" }
      )
      const count = (status: number) => answers.filter((answer) => answer.status === status).length
      assert.deepStrictEqual([count(201), count(409)], [5, 15])
      assert.lengthOf((yield* pat.get("/api/v1/tokens")).body.items, 50)
    }))

  it.effect("are listed to the last, page by page, where they were made before there was a limit", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* insert(pat, 120)
      const pages: Array<ReadonlyArray<{ id: string }>> = []
      let cursor: string | null = ""
      while (cursor !== null) {
        const page: Answer = yield* pat.get(`/api/v1/tokens${cursor === "" ? "" : `?cursor=${cursor}`}`)
        assert.strictEqual(page.status, 200, page.text)
        pages.push(page.body.items)
        cursor = page.body.nextCursor
      }
      assert.deepStrictEqual(pages.map(({ length }) => length), [50, 50, 20])
      assert.strictEqual(new Set(pages.flat().map(({ id }) => id)).size, 120)
      const all = yield* pat.get("/api/v1/tokens?limit=200")
      assert.deepStrictEqual(all.body, { items: pages.flat(), nextCursor: null })
      assertProblem(yield* make(pat), 409, "limit_reached")
      const { body } = yield* pat.get("/api/v1/tokens?limit=1")
      const sam = yield* newPerson
      for (const wrong of [body.nextCursor, `${body.nextCursor}x`, "bm90IGEgY3Vyc29y"]) {
        assert.deepStrictEqual(invalidPaths(yield* sam.get(`/api/v1/tokens?cursor=${wrong}`)), ["query.cursor"])
      }
      assert.deepStrictEqual(invalidPaths(yield* pat.get("/api/v1/tokens?limit=201")), ["query.limit"])
    }))
})
