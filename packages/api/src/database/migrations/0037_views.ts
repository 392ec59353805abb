import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Lists that are kept by their names. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.counters ADD COLUMN views integer NOT NULL DEFAULT 0`
  yield* sql`CREATE TABLE todo.views (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    filter text NOT NULL,
    sort text,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    creation bytea,
    PRIMARY KEY (user_id, id)
  )`
  yield* sql`CREATE UNIQUE INDEX views_name_idx ON todo.views (user_id, name_key)`
  yield* sql`ALTER TABLE todo.views ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.views FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.views
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
})
