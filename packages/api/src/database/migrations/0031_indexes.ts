import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/*
 * Indexes, most of what few tasks have. Each is made in a migration of its own: making it goes through all tasks, and lets nobody
 * write to them meanwhile, so that it is not done with the table locked for all, as its columns are added.
 */
const index = (name: string, columns: string, having?: string, unique = false) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    sql.unsafe(
      `CREATE ${unique ? "UNIQUE " : ""}INDEX IF NOT EXISTS ${name} ON todo.tasks (user_id, ${columns})${
        having === undefined ? "" : ` WHERE ${having}`
      }`
    ))

export const projectIndex = index(
  "tasks_project_idx",
  "project_id, number",
  "project_id IS NOT NULL AND trashed_at IS NULL"
)

export const dueIndex = index(
  "tasks_due_idx",
  "due_key, number",
  "due_key IS NOT NULL AND completed_at IS NULL AND trashed_at IS NULL"
)

export const startIndex = index(
  "tasks_start_idx",
  "start_key, number",
  "start_key IS NOT NULL AND completed_at IS NULL AND trashed_at IS NULL"
)

export const externalIndex = index("tasks_external_idx", "external_id", "external_id IS NOT NULL", true)

/**
 * A list in its order. What nobody has moved goes by its number (database/order/Order.ts), so that no row is rewritten.
 */
export const placeIndex = index(
  "tasks_place_idx",
  "(CASE WHEN parent_id IS NOT NULL THEN parent_id WHEN project_id IS NOT NULL THEN project_id "
    + "ELSE '00000000-0000-0000-0000-000000000000'::uuid END), "
    + "(coalesce(position, to_hex(2147483648 + number)) COLLATE \"C\"), id",
  "number > 0"
)

export const childrenIndex = index("tasks_children_idx", "parent_id", "parent_id IS NOT NULL")

export const waitingIndex = index("tasks_waiting_idx", "number", "blocked_by IS NOT NULL")

/** A list by date is of what is done, too, where nobody says: `dueIndex` has the others. */
export const doneDueIndex = index(
  "tasks_done_due_idx",
  "due_key, number",
  "due_key IS NOT NULL AND completed_at IS NOT NULL AND trashed_at IS NULL"
)
