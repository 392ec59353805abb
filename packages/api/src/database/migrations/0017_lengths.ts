import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Bounds of texts are in their types (docs/adr/0026): PostgreSQL reads a CHECK anew at each write, which cost 7 % of it.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks
    DROP CONSTRAINT tasks_title_check,
    DROP CONSTRAINT tasks_description_check,
    DROP CONSTRAINT tasks_number_check,
    ALTER COLUMN title TYPE varchar(500),
    ALTER COLUMN description TYPE varchar(20000)`
})
