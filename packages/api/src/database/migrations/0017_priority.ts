import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** How much a task matters. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks ADD COLUMN priority text CHECK (priority IN ('p1', 'p2', 'p3'))`
})
