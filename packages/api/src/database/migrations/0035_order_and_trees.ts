import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** The order of tasks, tasks below others, and tasks that wait for others (docs/adr/0034). */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // Whether a task of the user's has ever been below another: who has none is not asked for children.
  yield* sql`ALTER TABLE todo.counters
    ADD COLUMN nested boolean NOT NULL DEFAULT false,
    ADD COLUMN new_first boolean NOT NULL DEFAULT false`
  yield* sql`ALTER TABLE todo.tasks
    ADD COLUMN position text COLLATE "C",
    ADD COLUMN parent_id uuid,
    ADD COLUMN blocked_by uuid[]`

  // They have one argument more.
  for (const noun of ["task", "project", "tag", "settings"]) {
    yield* sql.unsafe(
      `DROP FUNCTION IF EXISTS todo.${noun}_undo(uuid, bigint, integer, integer, todo.counters, timestamptz, integer)`
    )
  }
})
