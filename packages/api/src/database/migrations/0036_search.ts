import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * The texts that a search looks into, folded (docs/adr/0035). A trigger keeps them. Of older rows they are null, until
 * somebody changes one: these are folded when they are searched.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks ADD COLUMN title_folded text, ADD COLUMN description_folded text`
})
