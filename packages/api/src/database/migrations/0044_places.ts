import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** The order of projects and of views (docs/adr/0038). What is there has none, and stands first, in the order of its ids. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.projects ADD COLUMN position text COLLATE "C"`
  yield* sql`ALTER TABLE todo.views ADD COLUMN position text COLLATE "C"`
})
