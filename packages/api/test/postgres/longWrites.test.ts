import { assert } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { SqlClient } from "effect/sql"
import { Statements } from "../../src/database/connections/Statements.ts"
import { suite } from "../support/suite.ts"

/** Of the advisory lock that the long statements wait for. */
const lock = 20_261_126

suite("a long write", (it) => {
  it.effect("holds up nobody else's statements, however many of them there are", () =>
    Effect.gen(function*() {
      const { run, runLong } = yield* Statements
      const sql = yield* SqlClient.SqlClient
      const [held, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const holder = yield* Effect.forkChild(sql.withTransaction(
        sql`SELECT pg_advisory_xact_lock(${lock})`.pipe(
          Effect.andThen(Deferred.succeed(held, undefined)),
          Effect.andThen(Deferred.await(release))
        )
      ))
      yield* Deferred.await(held)
      const long = yield* Effect.forEach(
        Array.from({ length: 12 }),
        () => Effect.forkChild(runLong("SELECT pg_advisory_xact_lock($1)", [lock]))
      )
      const waiting = run<{ count: number }>(
        "SELECT count(*)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1",
        [lock]
      )
      yield* Effect.repeat(waiting, { until: ([row]) => row!.count === 2 })
      const answers = yield* Effect.forEach(
        Array.from({ length: 200 }, (_, index) => index),
        (index) => run<{ index: number }>("SELECT $1::integer AS index", [index]),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(answers.map(([row]) => row!.index), Array.from({ length: 200 }, (_, index) => index))
      assert.deepInclude((yield* waiting)[0]!, { count: 2 })
      yield* Deferred.succeed(release, undefined)
      yield* Fiber.join(holder)
      yield* Fiber.joinAll(long)
    }))
})
