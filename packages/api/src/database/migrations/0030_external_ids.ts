import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** What scripts call tasks, which an index has (`0031_indexes`), and what they keep with them. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks ADD COLUMN external_id text COLLATE "C", ADD COLUMN extra jsonb`
})
