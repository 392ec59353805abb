import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** What users have set for their accounts. Who has set nothing has no row. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.settings (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    time_zone text,
    week_start text NOT NULL DEFAULT 'mon',
    date_order text NOT NULL DEFAULT 'ymd',
    day_ends_at text NOT NULL DEFAULT '00:00',
    new_tasks text NOT NULL DEFAULT 'last',
    updated_at timestamptz(3) NOT NULL,
    version integer NOT NULL DEFAULT 1,
    seq bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id),
    CHECK (id = user_id)
  )`
  yield* sql`ALTER TABLE todo.settings ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.settings FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.settings
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
})
