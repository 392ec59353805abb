import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Tags: on each task, by name, and beside it by the task's number, which row-level security lets be looked up (docs/adr/0031). */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.counters ADD COLUMN tags integer NOT NULL DEFAULT 0`
  // The names of a task's tags by their keys, and null where it has none.
  yield* sql`ALTER TABLE todo.tasks ADD COLUMN tags jsonb`
  yield* sql`CREATE TABLE todo.tags (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    color text,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    creation bytea,
    PRIMARY KEY (user_id, id)
  )`
  yield* sql`CREATE UNIQUE INDEX tags_name_idx ON todo.tags (user_id, name_key)`
  // Kept by a trigger, of all tasks, in the trash or not.
  yield* sql`CREATE TABLE todo.task_tags (
    user_id uuid NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (user_id, name_key, number)
  )`

  for (const table of ["tags", "task_tags"]) {
    const name = sql.literal(`todo.${table}`)
    yield* sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`
    yield* sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`
    yield* sql`CREATE POLICY own_rows ON ${name}
      USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
      WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
  }
})
