import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * How far the record of a user has been swept: what it had of operations up to this place in their order is gone, and who
 * has followed it only to a place before that has missed something.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`ALTER TABLE todo.counters ADD COLUMN swept bigint NOT NULL DEFAULT 0`
})
