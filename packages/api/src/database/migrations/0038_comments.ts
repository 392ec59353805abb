import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** What is said about tasks. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.counters ADD COLUMN comments integer NOT NULL DEFAULT 0`
  // No reference to tasks: the functions that write have the user's counter locked, and a trigger takes comments away.
  yield* sql`CREATE TABLE todo.comments (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    text text NOT NULL,
    text_folded text,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    creation bytea,
    PRIMARY KEY (user_id, id)
  )`
  yield* sql`CREATE INDEX comments_task_idx ON todo.comments (user_id, task_id, created_at, id)`
  yield* sql`ALTER TABLE todo.comments ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.comments FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.comments
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
})
