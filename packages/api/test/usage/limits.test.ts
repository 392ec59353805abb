import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { limited } from "../../src/Service.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson, origin, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }

suite("GET /api/v1/limits", (it) => {
  it.effect("has every limit once, and how many there are", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* newPerson
      const tasks = yield* Effect.forEach(["one", "two", "three"], pat.add)
      yield* pat.json("DELETE", `/api/v1/tasks/${tasks[0].id}`, "")
      yield* pat.json("DELETE", `/api/v1/tasks/${tasks[1].id}?permanent=true`, "")
      yield* pat.json("POST", "/api/v1/tokens", token)
      yield* sendJson("POST", "/api/auth/sign-in/email", { email: pat.email, password: pat.password }, origin)
      const { body } = yield* pat.get("/api/v1/limits")
      assert.deepStrictEqual(body.items, [
        { limit: "tasks", max: 100_000, count: 2 },
        { limit: "projects", max: 1_000, count: 0 },
        { limit: "tags", max: 5_000, count: 0 },
        { limit: "comments", max: 1_000_000, count: 0 },
        { limit: "views", max: 500, count: 0 },
        { limit: "levels", max: 8, count: null },
        { limit: "blockers", max: 100, count: null },
        { limit: "tokens", max: 50, count: 1 },
        { limit: "sessions", max: 100, count: 2 },
        { limit: "changes", max: 10_000, count: null }
      ])
      assert.lengthOf(new Set(limited.map(({ limit }) => limit)), limited.length)
    }))

  it.effect("says what the refusals say", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* asPerson(pat, sql`UPDATE todo.counters SET tasks = 100000`)
      const refusals = [yield* pat.json("POST", "/api/v1/tasks", { title: "x" })]
      for (let made = 0; made < 50; made++) yield* pat.json("POST", "/api/v1/tokens", token)
      refusals.push(yield* pat.json("POST", "/api/v1/tokens", token))
      const { items } = (yield* pat.get("/api/v1/limits")).body
      for (const refusal of refusals) {
        assertProblem(refusal, 409, "limit_reached")
        const { limit, max } = refusal.body
        assert.deepInclude(items, { limit, max, count: max })
      }
    }))
})
