import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Tokens for scripts, which the door takes as it takes sessions, and the ends
 * of sessions.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.script_tokens (
    user_id uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
    id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    scopes text[] NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    last_used_at timestamptz(3),
    PRIMARY KEY (user_id, id)
  )`
  yield* sql`ALTER TABLE todo.script_tokens ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.script_tokens FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.script_tokens
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`

  // Beside the sessions, and like them without row-level security: it is where
  // the service learns who a secret belongs to.
  yield* sql`CREATE TABLE auth.script_token_secrets (
    hash bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    token_id uuid NOT NULL,
    FOREIGN KEY (user_id, token_id) REFERENCES todo.script_tokens (user_id, id) ON DELETE CASCADE
  )`
  yield* sql`CREATE INDEX script_token_secrets_token_idx ON auth.script_token_secrets (user_id, token_id)`

  // The identity is set before the check, so that the policies let it see the
  // user's tokens; raising takes the identity back with all the rest.
  yield* sql`CREATE OR REPLACE FUNCTION todo.authenticate(sid uuid, uid uuid) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM 1 FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF NOT FOUND THEN
        PERFORM 1 FROM todo.script_tokens t
          WHERE t.user_id = uid AND t.id = sid AND t.expires_at > clock_timestamp();
        IF NOT FOUND THEN
          RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
        END IF;
      END IF;
      RETURN uid;
    END $$`

  yield* sql`CREATE FUNCTION todo.create_script_token(
      sid uuid, uid uuid, new_id uuid, new_name text, new_scopes text[], secret_hash bytea, days integer
    ) RETURNS SETOF todo.script_tokens LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      RETURN QUERY INSERT INTO todo.script_tokens (user_id, id, name, scopes, created_at, expires_at)
        VALUES (uid, new_id, new_name, new_scopes, clock_timestamp(), clock_timestamp() + make_interval(days => days))
        RETURNING *;
      INSERT INTO auth.script_token_secrets (hash, user_id, token_id) VALUES (secret_hash, uid, new_id);
    END $$`

  yield* sql`CREATE FUNCTION todo.revoke_script_token(sid uuid, uid uuid, token_id uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      RETURN QUERY DELETE FROM todo.script_tokens t WHERE t.user_id = uid AND t.id = token_id RETURNING t.id;
    END $$`

  // Whom a secret speaks for, if its token is live; notes that it was used.
  yield* sql`CREATE FUNCTION todo.redeem_script_token(secret_hash bytea)
    RETURNS SETOF todo.script_tokens LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      found auth.script_token_secrets;
    BEGIN
      SELECT * INTO found FROM auth.script_token_secrets s WHERE s.hash = secret_hash;
      IF found.user_id IS NULL THEN
        RETURN;
      END IF;
      PERFORM set_config('app.user_id', found.user_id::text, true);
      RETURN QUERY UPDATE todo.script_tokens t SET last_used_at = clock_timestamp()
        WHERE t.user_id = found.user_id AND t.id = found.token_id AND t.expires_at > clock_timestamp()
        RETURNING t.*;
    END $$`

  yield* sql`CREATE FUNCTION todo.end_session(sid uuid, uid uuid, target uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      RETURN QUERY DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" = target RETURNING s."id";
    END $$`

  yield* sql`CREATE FUNCTION todo.end_other_sessions(sid uuid, uid uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      RETURN QUERY DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" <> sid RETURNING s."id";
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
