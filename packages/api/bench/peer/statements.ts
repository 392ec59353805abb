const columns = "id, number, title, description, completed_at, created_at, updated_at, version"

const list = (filter: string) =>
  `SELECT ${columns} FROM todo.tasks WHERE user_id = $1 AND number < $2 ${filter} ORDER BY number DESC LIMIT $3`

/** Each has a name: `pg` prepares it once on each connection. */
export const statements = {
  listAll: { name: "list", text: list("") },
  listOpen: { name: "list open", text: list("AND completed_at IS NULL") },
  listDone: { name: "list done", text: list("AND completed_at IS NOT NULL") },
  get: { name: "get", text: `SELECT ${columns} FROM todo.tasks WHERE user_id = $1 AND id = $2` },
  create: {
    name: "create",
    text: `WITH counter AS (
      INSERT INTO todo.counters AS c (user_id, last_number) VALUES ($1, 1)
        ON CONFLICT (user_id) DO UPDATE SET last_number = c.last_number + 1
        RETURNING c.last_number
    )
    INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at)
      SELECT $1, uuidv7(), last_number, $2, $3, now(), now() FROM counter
      RETURNING ${columns}`
  },
  update: {
    name: "update",
    text: `UPDATE todo.tasks SET
        title = coalesce($3, title),
        description = CASE WHEN $4 THEN $5 ELSE description END,
        completed_at = CASE $6::boolean WHEN true THEN coalesce(completed_at, now()) WHEN false THEN NULL
          ELSE completed_at END,
        updated_at = now(),
        version = version + 1
      WHERE user_id = $1 AND id = $2
      RETURNING ${columns}`
  },
  remove: { name: "remove", text: "DELETE FROM todo.tasks WHERE user_id = $1 AND id = $2" }
}
