import { assert } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { SqlClient } from "effect/sql"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("DELETE /api/v1/tasks, with a task that changes after it was listed", (it) => {
  it.effect("deletes what the list has then", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* Effect.forEach(["done meanwhile", "open"], pat.add)
      const deletion = yield* sql.withTransaction(Effect.gen(function*() {
        yield* sql`SELECT set_config('app.user_id', ${pat.id}, true)`
        yield* sql`UPDATE todo.counters SET seq = seq + 1`
        const deletion = yield* Effect.forkChild(pat.json("DELETE", "/api/v1/tasks?completed=false", ""))
        // It has read the list, once it waits for this transaction.
        const [own] = yield* sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`
        yield* Effect.repeat(
          sql<{ waits: boolean }>`
            SELECT EXISTS (SELECT FROM pg_locks l WHERE ${own!.pid}::integer = ANY (pg_blocking_pids(l.pid))) AS waits`,
          { until: ([row]) => row!.waits }
        )
        yield* sql`UPDATE todo.tasks SET completed_at = now(), version = version + 1 WHERE number = 1`
        return deletion
      }))
      const answer = yield* Fiber.join(deletion)
      assert.deepStrictEqual(answer.body, { count: 1 }, answer.text)
      const titles = (items: ReadonlyArray<{ title: string }>) => items.map(({ title }) => title)
      assert.deepStrictEqual(titles((yield* pat.get("/api/v1/trash")).body.items), ["open"])
      assert.deepStrictEqual(titles((yield* pat.get("/api/v1/tasks")).body.items), ["done meanwhile"])
    }))
})
