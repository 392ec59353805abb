import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Bounds on what one user makes: sessions, tokens for scripts, stored answers, and addresses that are known. Where the
 * user could not say which is to go, the oldest goes; a token works for somebody, so there the next one is refused.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // What was made before.
  yield* sql`UPDATE auth."session" SET "userAgent" = left("userAgent", 200), "ipAddress" = left("ipAddress", 64)
    WHERE char_length("userAgent") > 200 OR char_length("ipAddress") > 64`
  yield* sql`DELETE FROM auth."session" WHERE "id" IN (
    SELECT "id" FROM (
      SELECT "id", row_number() OVER (PARTITION BY "userId" ORDER BY "updatedAt" DESC, "id") AS place
        FROM auth."session"
    ) ranked WHERE place > 100)`
})
