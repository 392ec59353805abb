import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { expires } from "../../src/Service.ts"
import { sweep } from "../../src/sweeper/Sweeper.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("the sweeper", (it) => {
  it.effect("deletes what has expired, and leaves what has not", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const mark = crypto.randomUUID()
      for (const [name, age] of [["old", "1 second"], ["new", "-1 hour"]] as const) {
        const label = `${name} ${mark}`
        yield* sql`INSERT INTO auth."session" ("expiresAt", "token", "updatedAt", "userId", "credentials")
          VALUES (CURRENT_TIMESTAMP - ${age}::interval, ${label}, CURRENT_TIMESTAMP, ${pat.id}::uuid, 0)`
        yield* sql`INSERT INTO auth."verification" ("expiresAt", "identifier", "value")
          VALUES (CURRENT_TIMESTAMP - ${age}::interval, ${label}, 'x')`
        yield* sql`INSERT INTO auth."deviceCode" ("deviceCode", "userCode", "status", "expiresAt")
          VALUES (${label}, ${label}, 'pending', CURRENT_TIMESTAMP - interval '1 hour' - ${age}::interval)`
        yield* sql`INSERT INTO auth.rate_limits (key, full_at)
          VALUES (${label}, CURRENT_TIMESTAMP - ${age}::interval)`
        yield* sql`INSERT INTO auth.familiar_clients (user_id, client, seen_at)
          VALUES (${pat.id}::uuid, ${label}, CURRENT_TIMESTAMP - interval '180 days' - ${age}::interval)`
      }
      yield* sweep(expires)
      // Twice is once.
      yield* sweep(expires)
      const left = yield* sql<{ label: string }>`
        SELECT "token" AS label FROM auth."session" UNION ALL SELECT "identifier" FROM auth."verification"
        UNION ALL SELECT "userCode" FROM auth."deviceCode" UNION ALL SELECT key FROM auth.rate_limits UNION ALL SELECT client FROM auth.familiar_clients`
      assert.deepStrictEqual(
        left.map(({ label }) => label).filter((label) => label.endsWith(mark)),
        Array.from({ length: 5 }, () => `new ${mark}`)
      )
      assert.strictEqual((yield* pat.get("/api/v1/me")).status, 200)
    }))
})
