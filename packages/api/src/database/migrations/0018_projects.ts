import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Projects, and which of them a task is in (docs/adr/0031). */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.counters ADD COLUMN projects integer NOT NULL DEFAULT 0`
  // Put in order by code points, on every database alike: `name_key` is what the service makes of the name.
  yield* sql`CREATE TABLE todo.projects (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    description text,
    parent_id uuid,
    color text,
    archived_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    creation bytea,
    PRIMARY KEY (user_id, id)
  )`
  yield* sql`CREATE UNIQUE INDEX projects_name_idx ON todo.projects (user_id, parent_id, name_key) NULLS NOT DISTINCT`

  yield* sql`ALTER TABLE todo.projects ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.projects FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.projects
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`

  // No reference: a task in the trash names a project that may be gone, and the functions that write have the user's
  // counter locked. Its index has what is in one (`0031_indexes`).
  yield* sql`ALTER TABLE todo.tasks ADD COLUMN project_id uuid`
})
