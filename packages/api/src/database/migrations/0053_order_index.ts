import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * A list in its order: what has been moved by its keys, and then what has not by its numbers. Both are columns: of an index of
 * expressions row-level security lets nobody ask for what is before a key.
 */
export const orderIndex = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) =>
    sql`CREATE INDEX IF NOT EXISTS tasks_order_idx ON todo.tasks (
    user_id,
    (CASE WHEN parent_id IS NOT NULL THEN parent_id WHEN project_id IS NOT NULL THEN project_id
      ELSE '00000000-0000-0000-0000-000000000000'::uuid END),
    position,
    number
  ) WHERE number > 0`
)

/** The index that it takes the place of. */
export const withoutPlaceIndex = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`DROP INDEX IF EXISTS todo.tasks_place_idx`
)
