import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertProblem, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("the tasks of one user", (it) => {
  it.effect("are 100,000 at the most, those in the trash among them", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const first = yield* pat.add("The first of many")
      const sql = yield* SqlClient.SqlClient
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* sql`SELECT set_config('app.user_id', ${pat.id}, true)`
        // It takes what it takes.
        yield* sql`SET LOCAL statement_timeout = 0`
        yield* sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
          SELECT ${pat.id}, gen_random_uuid(), n, 'One of many', now(), now() FROM generate_series(2, 99999) n`
        yield* sql`UPDATE todo.counters SET last_number = 99999, tasks = 99999 WHERE user_id = ${pat.id}`
      }))
      const last = yield* pat.add("The last")
      assert.strictEqual(last.number, 100_000)
      const refused = yield* pat.json("POST", "/api/v1/tasks", { title: "One too many" })
      assertProblem(refused, 409, "limit_reached")
      assert.deepInclude(refused.body, { limit: "tasks", max: 100_000 })
      assert.include(refused.body.detail, "for good")
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tasks/${first.id}`, undefined)).status, 204)
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", { title: "One too many" }), 409, "limit_reached")
      assert.strictEqual((yield* (yield* newPerson).add("Somebody else's")).number, 1)
    }))
})
