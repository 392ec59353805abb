import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Bounds on what one user makes. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // 50 live ones, as ScriptToken.ts says; no row for who has them. Waiting for one another, requests that come at once
  // count each other's: a statement of a volatile function sees what was committed before it began.
  yield* sql`CREATE OR REPLACE FUNCTION todo.create_script_token(
      sid uuid, uid uuid, new_id uuid, new_name text, new_scopes text[], secret_hash bytea, days integer
    ) RETURNS SETOF todo.script_tokens LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      PERFORM pg_advisory_xact_lock(hashtextextended('script_tokens ' || uid::text, 0));
      IF (SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = uid AND t.expires_at > clock_timestamp()) >= 50 THEN
        RETURN;
      END IF;
      RETURN QUERY INSERT INTO todo.script_tokens (user_id, id, name, scopes, created_at, expires_at)
        VALUES (uid, new_id, new_name, new_scopes, clock_timestamp(), clock_timestamp() + make_interval(days => days))
        RETURNING *;
      INSERT INTO auth.script_token_secrets (hash, user_id, token_id) VALUES (secret_hash, uid, new_id);
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
