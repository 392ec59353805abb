import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Bounds of texts are in their types, and things refer to no counter (docs/adr/0026): PostgreSQL reads a CHECK anew at each
 * write, which cost 7 % of it, and looking for the counter, which the write has locked, 6 %.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks
    DROP CONSTRAINT tasks_title_check,
    DROP CONSTRAINT tasks_description_check,
    DROP CONSTRAINT tasks_number_check,
    DROP CONSTRAINT tasks_user_id_fkey,
    ALTER COLUMN title TYPE varchar(500),
    ALTER COLUMN description TYPE varchar(20000)`
})
