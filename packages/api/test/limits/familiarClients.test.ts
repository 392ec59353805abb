import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { LimitsStore } from "../../src/limits/LimitsStore.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("the clients that an account is known at", (it) => {
  it.effect("are 100 at the most, those seen last", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { isFamiliar, remember } = yield* LimitsStore
      const pat = yield* newPerson
      const sam = yield* newPerson
      yield* remember(sam.id, "sam's")
      yield* sql`INSERT INTO auth.familiar_clients (user_id, client, seen_at)
        SELECT ${pat.id}::uuid, 'old ' || n, now() - make_interval(days => n) FROM generate_series(1, 98) n`
      yield* remember(pat.id, "at home")
      // Seen again, it is none of those that go.
      yield* remember(pat.id, "old 98")
      for (const client of ["at work", "in a hotel", "on a train"]) yield* remember(pat.id, client)
      const known = yield* sql<{ client: string }>`
        SELECT client FROM auth.familiar_clients WHERE user_id = ${pat.id}::uuid ORDER BY seen_at DESC`
      assert.lengthOf(known, 100)
      assert.isFalse(known.some(({ client }) => client === "old 97" || client === "old 96"))
      for (const client of ["at home", "old 98", "at work", "old 95"]) {
        assert.isTrue(yield* isFamiliar(pat.email, client), client)
      }
      assert.isTrue(yield* isFamiliar(sam.email, "sam's"))
      yield* Effect.forEach(Array.from({ length: 40 }, (_, n) => `new ${n}`), (client) => remember(pat.id, client), {
        concurrency: "unbounded"
      })
      yield* remember(pat.id, "the last")
      const left = yield* sql`SELECT FROM auth.familiar_clients WHERE user_id = ${pat.id}::uuid`
      assert.lengthOf(left, 100)
    }).pipe(Effect.provide(LimitsStore.layer)))
})
