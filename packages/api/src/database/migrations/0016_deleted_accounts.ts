import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * What is a user's goes by `todo.forget_user`, some at a time, when the account is gone, and not at once by foreign keys.
 * Nothing comes after it: whoever writes has the user's counter locked, which goes first.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`ALTER TABLE todo.tasks DROP CONSTRAINT tasks_user_id_fkey`
  yield* sql`ALTER TABLE todo.agenda DROP CONSTRAINT agenda_user_id_fkey`

  // It has become another, with other arguments.
  yield* sql`DROP FUNCTION IF EXISTS todo.task_undo(todo.changes, todo.counters, integer, timestamptz)`
})
