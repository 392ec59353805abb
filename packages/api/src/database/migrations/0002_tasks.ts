import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Tasks, and the door in front of them (docs/adr/0003). Keys are composite and
 * carry the user, row-level security is forced, and every write is a function
 * that passes the door first, so that it takes one round trip.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE SCHEMA todo`

  yield* sql`CREATE TABLE todo.counters (
    user_id uuid PRIMARY KEY REFERENCES auth."user" ("id") ON DELETE CASCADE,
    last_number integer NOT NULL
  )`
  yield* sql`CREATE TABLE todo.tasks (
    user_id uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
    id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 500),
    description text CHECK (char_length(description) <= 20000),
    completed_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, number)
  )`
  yield* sql`CREATE INDEX tasks_open_idx ON todo.tasks (user_id, number) WHERE completed_at IS NULL`
  yield* sql`CREATE INDEX tasks_done_idx ON todo.tasks (user_id, number) WHERE completed_at IS NOT NULL`

  for (const table of ["counters", "tasks"]) {
    const name = sql.literal(`todo.${table}`)
    yield* sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`
    yield* sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`
    yield* sql`CREATE POLICY own_rows ON ${name}
      USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
      WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
  }
})
