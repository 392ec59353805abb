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

  yield* sql`CREATE FUNCTION todo.authenticate(sid uuid, uid uuid) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    BEGIN
      PERFORM 1 FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
      PERFORM set_config('app.user_id', uid::text, true);
      RETURN uid;
    END $$`

  yield* sql`CREATE FUNCTION todo.create_task(sid uuid, uid uuid, new_id uuid, new_title text, new_description text)
    RETURNS SETOF todo.tasks LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      next_number integer;
      made_at timestamptz(3);
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      INSERT INTO todo.counters AS c (user_id, last_number) VALUES (uid, 1)
        ON CONFLICT (user_id) DO UPDATE SET last_number = c.last_number + 1
        RETURNING c.last_number INTO next_number;
      -- After the counter: its row lock puts one user's tasks in the order of their numbers.
      made_at := clock_timestamp();
      RETURN QUERY INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at)
        VALUES (uid, new_id, next_number, new_title, new_description, made_at, made_at)
        RETURNING *;
    END $$`

  // Both answer no row for a task that the user does not have, and the task as
  // it is with matched = false where none of expected_versions is its version.
  yield* sql`CREATE FUNCTION todo.update_task(
      sid uuid, uid uuid, task_id uuid, expected_versions integer[],
      new_title text, describe boolean, new_description text, complete boolean
    ) RETURNS TABLE (matched boolean, task todo.tasks) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      old todo.tasks;
      changed todo.tasks;
      moment timestamptz(3);
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = task_id FOR UPDATE;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      IF old.version <> ALL (expected_versions) THEN
        RETURN QUERY SELECT false, old;
        RETURN;
      END IF;
      moment := greatest(clock_timestamp(), old.updated_at);
      changed := old;
      changed.title := coalesce(new_title, old.title);
      IF describe THEN
        changed.description := new_description;
      END IF;
      IF complete THEN
        changed.completed_at := coalesce(old.completed_at, moment);
      ELSIF NOT complete THEN
        changed.completed_at := NULL;
      END IF;
      IF changed IS DISTINCT FROM old THEN
        UPDATE todo.tasks t SET
            title = changed.title,
            description = changed.description,
            completed_at = changed.completed_at,
            updated_at = moment,
            version = old.version + 1
          WHERE t.user_id = uid AND t.id = task_id
          RETURNING t.* INTO changed;
      END IF;
      RETURN QUERY SELECT true, changed;
    END $$`

  yield* sql`CREATE FUNCTION todo.remove_task(sid uuid, uid uuid, task_id uuid, expected_versions integer[])
    RETURNS TABLE (matched boolean, task todo.tasks) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      old todo.tasks;
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = task_id FOR UPDATE;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      IF old.version <> ALL (expected_versions) THEN
        RETURN QUERY SELECT false, old;
        RETURN;
      END IF;
      DELETE FROM todo.tasks t WHERE t.user_id = uid AND t.id = task_id;
      RETURN QUERY SELECT true, old;
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
