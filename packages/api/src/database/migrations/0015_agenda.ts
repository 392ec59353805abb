import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** What the service does by itself for each user, and when: empty the trash, and keep the record within bounds. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.agenda (
    user_id uuid NOT NULL REFERENCES todo.counters (user_id) ON DELETE CASCADE,
    kind text NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (user_id, kind)
  )`
  yield* sql`CREATE INDEX agenda_at_idx ON todo.agenda (at)`

  // Nobody can see the rows of all users but table by table, and user by user.
  yield* sql`ALTER TABLE todo.counters DISABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.tasks DISABLE ROW LEVEL SECURITY`
  yield* sql`INSERT INTO todo.agenda (user_id, kind, at)
    SELECT t.user_id, 'trash', min(t.trashed_at) + interval '30 days' FROM todo.tasks t
      WHERE t.trashed_at IS NOT NULL GROUP BY t.user_id`
  yield* sql`INSERT INTO todo.agenda (user_id, kind, at)
    SELECT c.user_id, 'record', clock_timestamp() + interval '90 days' FROM todo.counters c`
  yield* sql`ALTER TABLE todo.tasks ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.counters ENABLE ROW LEVEL SECURITY`

  yield* sql`ALTER TABLE todo.agenda ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.agenda FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.agenda
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
  // Who is nobody sees whose turn it is, and nothing else: there is no text in it.
  yield* sql`CREATE POLICY anybodys_turn ON todo.agenda FOR SELECT
    USING (nullif(current_setting('app.user_id', true), '') IS NULL)`

  // What the service does by itself is nobody's.
  yield* sql`ALTER TABLE todo.operations ALTER COLUMN actor DROP NOT NULL, ALTER COLUMN actor_is_token DROP NOT NULL`
  // The record begins behind it.
  yield* sql`ALTER TABLE todo.counters ADD COLUMN swept bigint NOT NULL DEFAULT 0`
})
