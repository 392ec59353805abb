import { NodeServices } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Schedule } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { inject } from "vitest"
import { runEmbeddedDatabase } from "../../src/database/embedded/EmbeddedDatabase.ts"

it.live("the embedded database keeps its role when the connection is made anew", () =>
  Effect.scoped(Effect.gen(function*() {
    const path = yield* runEmbeddedDatabase(join(inject("scratch"), `embedded-${inject("database")}`))
    const connected = <A, E>(effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
      Effect.provide(
        effect,
        Layer.fresh(PgClient.layer({ path, username: "postgres", database: "postgres", maxConnections: 1 }))
      ).pipe(
        // It takes one connection at a time, and may not have noticed yet that the one before is gone.
        Effect.retry({ schedule: Schedule.spaced("50 millis"), times: 100 })
      )
    yield* connected(Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* sql`CREATE ROLE held LOGIN`
      yield* sql`SET SESSION AUTHORIZATION held`
    }))
    const [role] = yield* connected(
      Effect.flatMap(SqlClient.SqlClient, (sql) => sql<{ name: string }>`SELECT session_user::text AS name`)
    )
    assert.strictEqual(role!.name, "held")
  })).pipe(Effect.provide(NodeServices.layer)))
