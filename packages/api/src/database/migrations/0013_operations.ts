import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** The record of all that is written (docs/adr/0026), on the counter of each user, which every write locks. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // A row for each user, from the beginning (a trigger makes it).
  yield* sql`ALTER TABLE todo.counters
    ALTER COLUMN last_number SET DEFAULT 0,
    ADD COLUMN seq bigint NOT NULL DEFAULT 0,
    ADD COLUMN last_at timestamptz(3) NOT NULL DEFAULT 'epoch',
    ADD COLUMN tasks integer NOT NULL DEFAULT 0`
  // Nobody can see the rows of all users but table by table, and user by user.
  yield* sql`ALTER TABLE todo.counters DISABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.tasks DISABLE ROW LEVEL SECURITY`
  yield* sql`INSERT INTO todo.counters (user_id) SELECT u."id" FROM auth."user" u ON CONFLICT (user_id) DO NOTHING`
  yield* sql`UPDATE todo.counters c SET
      tasks = (SELECT count(*) FROM todo.tasks t WHERE t.user_id = c.user_id),
      last_at = coalesce((SELECT max(t.updated_at) FROM todo.tasks t WHERE t.user_id = c.user_id), 'epoch')`

  // Numbers come from the counter, so that none is given twice; the index serves lists of what is not in the trash.
  yield* sql`ALTER TABLE todo.tasks
    ADD COLUMN seq bigint NOT NULL DEFAULT 0,
    ADD COLUMN creation bytea,
    ADD COLUMN trashed_at timestamptz(3),
    DROP CONSTRAINT tasks_user_id_fkey,
    ADD CONSTRAINT tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES todo.counters (user_id) ON DELETE CASCADE,
    DROP CONSTRAINT tasks_user_id_number_key`
  yield* sql`DROP INDEX todo.tasks_open_idx`
  yield* sql`DROP INDEX todo.tasks_done_idx`
  yield* sql`CREATE UNIQUE INDEX tasks_number_idx ON todo.tasks (user_id, number) WHERE trashed_at IS NULL`
  yield* sql`CREATE INDEX tasks_open_idx ON todo.tasks (user_id, number)
    WHERE completed_at IS NULL AND trashed_at IS NULL`
  yield* sql`CREATE INDEX tasks_done_idx ON todo.tasks (user_id, number)
    WHERE completed_at IS NOT NULL AND trashed_at IS NULL`
  yield* sql`CREATE INDEX tasks_trash_idx ON todo.tasks (user_id, trashed_at, number) WHERE trashed_at IS NOT NULL`

  yield* sql`ALTER TABLE todo.counters ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.tasks ENABLE ROW LEVEL SECURITY`

  // The record refers to no counter: each write has its user's locked, and asking again, change by change, cost a tenth
  // of it. What is left of a user goes with the counter, by a trigger.
  yield* sql`CREATE TABLE todo.operations (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor uuid NOT NULL,
    actor_is_token boolean NOT NULL,
    actor_name text,
    undoes bigint,
    undone_by bigint,
    PRIMARY KEY (user_id, seq),
    UNIQUE (user_id, id)
  )`
  // "was" has the columns that the change overwrote, null where it made the thing; "now" the thing as it left it.
  yield* sql`CREATE TABLE todo.changes (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    ordinal integer NOT NULL,
    noun text NOT NULL,
    id uuid NOT NULL,
    was jsonb,
    now jsonb,
    PRIMARY KEY (user_id, seq, ordinal)
  )`
  yield* sql`CREATE INDEX changes_thing_idx ON todo.changes (user_id, noun, id)`

  for (const table of ["operations", "changes"]) {
    const name = sql.literal(`todo.${table}`)
    yield* sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`
    yield* sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`
    yield* sql`CREATE POLICY own_rows ON ${name}
      USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
      WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`
  }

  // An answer that is kept names what it was about, and repeats no text.
  yield* sql`ALTER TABLE todo.idempotency_keys DISABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.idempotency_keys ADD COLUMN answer jsonb`
  yield* sql`UPDATE todo.idempotency_keys SET answer = CASE
      WHEN jsonb_typeof(rows -> 0) = 'object' THEN jsonb_build_object('id', rows -> 0 -> 'id')
      ELSE jsonb_build_object('count', jsonb_array_length(rows))
    END`
  yield* sql`ALTER TABLE todo.idempotency_keys DROP COLUMN rows, ALTER COLUMN answer SET NOT NULL`
  yield* sql`ALTER TABLE todo.idempotency_keys ENABLE ROW LEVEL SECURITY`
})
