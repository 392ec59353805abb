import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** When, from where and by what program a device asked to be signed in: the person who approves sees it. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`ALTER TABLE auth."deviceCode"
    ADD COLUMN "requestedAt" timestamptz,
    ADD COLUMN "address" text,
    ADD COLUMN "userAgent" text`
})
