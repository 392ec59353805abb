import { type Client, DatabaseError } from "pg"

/** How many people there are, and how many tasks each has. All tasks are open at first. */
export interface Size {
  readonly users: number
  readonly tasksEach: number
}

/**
 * Fills an empty, migrated database. The rows of one user lie apart, as they do
 * where people add a task now and then: a page of 20 is in 20 places.
 */
export const load = async (database: Client, { tasksEach, users }: Size): Promise<void> => {
  await database.query(
    `INSERT INTO auth."user" ("name", "email", "emailVerified")
      SELECT 'Person ' || n, 'person-' || n || '@example.com', true FROM generate_series(1, $1::integer) n`,
    [users]
  )
  await database.query(
    `INSERT INTO auth."session" ("expiresAt", "token", "updatedAt", "userId", "credentials")
      SELECT now() + interval '30 days', 'session-' || u."id", now(), u."id", 0 FROM auth."user" u`
  )
  await database.query("UPDATE todo.counters SET last_number = $1::integer, tasks = $1::integer", [tasksEach])
  await database.query(
    `INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at)
      SELECT u."id", uuidv7(), n, 'Task ' || n || ' of the list',
        CASE WHEN n % 3 = 0 THEN 'More about task ' || n || ', in a line of some length' END, now(), now()
      FROM generate_series(1, $1::integer) n, auth."user" u ORDER BY n, u."id"`,
    [tasksEach]
  )
  await settle(database)
}

/**
 * Takes back what a load has done, so that each run begins with the same tasks.
 * A server may still be busy with requests whose sender is gone: the lock keeps
 * counters and tasks together.
 */
export const restore = async (database: Client, { tasksEach }: Size): Promise<void> => {
  // A release before has no record.
  const { rows: [{ recorded }] } = await database.query("SELECT to_regclass('todo.changes') IS NOT NULL AS recorded")
  const takeBack = () =>
    database.query(`
      BEGIN;
      LOCK TABLE todo.counters, todo.tasks IN EXCLUSIVE MODE;
      DELETE FROM todo.tasks WHERE number > ${tasksEach};
      UPDATE todo.tasks SET completed_at = NULL, version = 1 WHERE version > 1;
      UPDATE todo.counters SET last_number = ${tasksEach}${recorded ? `, tasks = ${tasksEach}` : ""}
        WHERE last_number > ${tasksEach};
      ${recorded ? "TRUNCATE todo.operations, todo.changes;" : ""}
      COMMIT`)
  // The peer's statement takes the two tables in the other order.
  while (!(await takeBack().then(() => true, (error: unknown) => afterDeadlock(database, error))));
  await settle(database)
}

/** Makes ready for another try; rethrows what was no deadlock. */
const afterDeadlock = async (database: Client, error: unknown) => {
  if (!(error instanceof DatabaseError) || error.code !== "40P01") throw error
  await database.query("ROLLBACK")
  return false
}

/** No side pays for what was written before it: vacuumed, with fresh statistics, and on disk. */
const settle = async (database: Client) => {
  await database.query("VACUUM ANALYZE")
  await database.query("CHECKPOINT")
}
