import { PgClient } from "@effect/sql-pg"
import { assert } from "@effect/vitest"
import { Effect, Fiber, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const administrator = PgClient.layer({ url: Redacted.make(inject("postgresUrl")), maxConnections: 1 })

/** What stands in the middle of nothing: the gap behind it has room for keys that are too long alone. */
const crowded = (place: number) => `80000000${"0".repeat(14)}${"123456789"[place]}z`

suite("places that have to be made anew", (it) => {
  it.effect(
    "while somebody else has the user's counter: who moves waits, and all find room",
    () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const ids: Array<string> = []
        for (let n = 0; n < 14; n++) ids.push((yield* pat.add(`N${n}`)).id)
        yield* Effect.flatMap(SqlClient.SqlClient, (sql) =>
          Effect.forEach(ids.slice(0, 9), (id, place) =>
            sql`UPDATE todo.tasks SET position = ${
              crowded(place)
            } WHERE user_id = ${pat.id}::uuid AND id = ${id}::uuid`)).pipe(
            Effect.provide(administrator)
          )
        const held = yield* Effect.flatMap(SqlClient.SqlClient, (sql) =>
          sql.withTransaction(
            Effect.andThen(
              sql`SELECT 1 FROM todo.counters WHERE user_id = ${pat.id}::uuid FOR UPDATE`,
              Effect.sleep("150 millis")
            )
          )).pipe(Effect.provide(administrator), Effect.forkChild)
        yield* Effect.sleep("50 millis")
        const answers = yield* Effect.forEach(
          ids.slice(9),
          (id) =>
            pat.json("POST", "/api/v1/tasks/move", { ids: [id], after: ids[4] }),
          { concurrency: "unbounded" }
        )
        yield* Fiber.join(held)
        for (const answer of answers) {
          assert.strictEqual(answer.status, 200, answer.text)
        }
        const { body } = yield* pat.get("/api/v1/tasks?sort=position&limit=200")
        const tasks: ReadonlyArray<{ readonly id: string; readonly position: string; readonly version: number }> =
          body.items
        const order = tasks.map(({ id }) =>
          id
        )
        assert.deepStrictEqual([...order.slice(0, 5), ...order.slice(10)], ids.slice(0, 9))
        assert.sameMembers(order.slice(5, 10), ids.slice(9))
        const keys = tasks.map(({ position }) => position)
        assert.strictEqual(new Set(keys).size, 14)
        for (const key of keys) assert.isAtMost(key.length, 24)
        assert.notIncludeMembers(keys, ids.slice(0, 9).map((_, place) => crowded(place)))
        // Those that were given new keys only are at the version that they were at.
        assert.deepStrictEqual(tasks.map(({ version }) => version).toSorted(), [
          ...Array(9).fill(1),
          ...Array(5).fill(2)
        ])
      }),
    { timeout: 20_000 }
  )
})
