import { NodeServices } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { assert, it, layer } from "@effect/vitest"
import { Duration, Effect, Layer, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { inject } from "vitest"
import { runEmbeddedDatabase } from "../../src/database/embedded/EmbeddedDatabase.ts"
import { newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

it.live(
  "the embedded database keeps its role when the connection, or the database, is made anew",
  () =>
    Effect.scoped(Effect.gen(function*() {
      const { keepUp, socket: path } = yield* runEmbeddedDatabase(
        join(inject("scratch"), `embedded-${inject("database")}`)
      )
      const connected = <A, E>(effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
        Effect.provide(
          effect,
          Layer.fresh(PgClient.layer({ path, username: "postgres", database: "postgres", maxConnections: 1 }))
        )
      // It takes one connection at a time, and may not have noticed yet that the one before is gone.
      const soon = Effect.retry({ schedule: Schedule.spaced("50 millis"), times: 200 })
      const role = Effect.flatMap(
        SqlClient.SqlClient,
        (sql) => sql<{ name: string }>`SELECT session_user::text AS name`
      )
      yield* connected(Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* sql`CREATE ROLE held LOGIN`
        yield* sql`CREATE TABLE public.kept AS SELECT 7 AS seven`
        yield* sql`GRANT SELECT ON public.kept TO held`
        yield* sql`SET SESSION AUTHORIZATION held`
      })).pipe(soon)
      assert.deepStrictEqual(yield* connected(role).pipe(soon), [{ name: "held" }])

      yield* keepUp("held", Duration.seconds(1))
      const stuck = Effect.flatMap(SqlClient.SqlClient, (sql) => sql`SELECT count(*) FROM generate_series(1, 1e15)`)
      for (const _ of [1, 2]) {
        const { _tag } = yield* Effect.exit(connected(stuck))
        assert.strictEqual(_tag, "Failure")
        assert.deepStrictEqual(yield* connected(role).pipe(soon), [{ name: "held" }])
      }
      const kept = Effect.flatMap(SqlClient.SqlClient, (sql) => sql`SELECT seven FROM public.kept`)
      assert.deepStrictEqual(yield* connected(kept).pipe(soon), [{ seven: 7 }])
    })).pipe(Effect.provide(NodeServices.layer)),
  60_000
)

const suite = layer(TestService.layerWith({ REQUEST_TIMEOUT: "2 seconds" }), { excludeTestServices: true })

// PostgreSQL ends it by itself.
if (inject("database") === "PGlite") {
  suite("a statement that does not end", (it) => {
    it.effect("is given up, and others are answered", () =>
      Effect.gen(function*() {
        const person = yield* newPerson
        assert.strictEqual((yield* person.add("Kept")).title, "Kept")
        const { sql } = yield* TestService
        const { _tag } = yield* Effect.exit(sql`SELECT count(*) FROM generate_series(1, 1e15)`)
        assert.strictEqual(_tag, "Failure")
        const answer = yield* Effect.retry(
          Effect.filterOrFail(person.get("/api/v1/tasks"), ({ status }) => status === 200),
          { schedule: Schedule.spaced("100 millis"), times: 100 }
        )
        assert.strictEqual(answer.body.items[0].title, "Kept")
      }), 60_000)
  })
}
