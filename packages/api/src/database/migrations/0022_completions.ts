import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * What was done of tasks that repeat. Those of a task are counted; there are as many as its own `completion` says, and what
 * is beyond that was undone (docs/adr/0033). What takes a task away takes them along (a foreign key would ask for each).
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.completions (
    user_id uuid NOT NULL,
    task_id uuid NOT NULL,
    nth integer NOT NULL,
    occurrence text NOT NULL,
    completed_at timestamptz(3) NOT NULL,
    skipped boolean NOT NULL,
    PRIMARY KEY (user_id, task_id, nth)
  )`
  yield* sql`ALTER TABLE todo.completions ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.completions FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.completions
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
})
