import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Proof of an address, and a bound on the tasks that one user has. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // Whoever made tokens before the address was proven may not have been its
  // owner: they end. Sessions are Better Auth's to end.
  yield* sql`CREATE FUNCTION todo.prove_address(uid uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      UPDATE auth."user" u SET "emailVerified" = true, "updatedAt" = clock_timestamp()
        WHERE u."id" = uid AND NOT u."emailVerified";
      IF FOUND THEN
        PERFORM set_config('app.user_id', uid::text, true);
        DELETE FROM todo.script_tokens t WHERE t.user_id = uid;
      END IF;
    END $$`

  // As before, and no row for who has 100,000 tasks. Numbers are not given
  // twice, so that only who has been given more than that need be counted.
  yield* sql`CREATE OR REPLACE FUNCTION todo.create_task(
      sid uuid, uid uuid, new_id uuid, new_title text, new_description text
    ) RETURNS SETOF todo.tasks LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      next_number integer;
      made_at timestamptz(3);
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      INSERT INTO todo.counters AS c (user_id, last_number) VALUES (uid, 1)
        ON CONFLICT (user_id) DO UPDATE SET last_number = c.last_number + 1
        RETURNING c.last_number INTO next_number;
      IF next_number > 100000 THEN
        IF (SELECT count(*) FROM todo.tasks t WHERE t.user_id = uid) >= 100000 THEN
          UPDATE todo.counters c SET last_number = next_number - 1 WHERE c.user_id = uid;
          RETURN;
        END IF;
      END IF;
      -- After the counter: its row lock puts one user's tasks in the order of their numbers.
      made_at := clock_timestamp();
      RETURN QUERY INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at)
        VALUES (uid, new_id, next_number, new_title, new_description, made_at, made_at)
        RETURNING *;
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
