import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Bounds on what one user makes: sessions, tokens for scripts, stored answers, and addresses that are known. Where the
 * user could not say which is to go, the oldest goes; a token works for somebody, so there the next one is refused.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // 50 live ones, as ScriptToken.ts says; no row for who has them. A session that has ended makes none, however far it
  // had come. Requests that come at once wait for one another there, and count each other's: a statement of a volatile
  // function sees what was committed before it began.
  yield* sql`CREATE OR REPLACE FUNCTION todo.create_script_token(
      sid uuid, uid uuid, new_id uuid, new_name text, new_scopes text[], secret_hash bytea, days integer
    ) RETURNS SETOF todo.script_tokens LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM todo.authenticate(sid, uid);
      PERFORM todo.assert_credentials(sid, uid);
      IF (SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = uid AND t.expires_at > clock_timestamp()) >= 50 THEN
        RETURN;
      END IF;
      RETURN QUERY INSERT INTO todo.script_tokens (user_id, id, name, scopes, created_at, expires_at)
        VALUES (uid, new_id, new_name, new_scopes, clock_timestamp(), clock_timestamp() + make_interval(days => days))
        RETURNING *;
      INSERT INTO auth.script_token_secrets (hash, user_id, token_id) VALUES (secret_hash, uid, new_id);
    END $$`

  // A client says what it is called, in as many bytes as a header has.
  yield* sql`CREATE FUNCTION auth.cut_session() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW."userAgent" := left(NEW."userAgent", 200);
      NEW."ipAddress" := left(NEW."ipAddress", 64);
      RETURN NEW;
    END $$`
  yield* sql`CREATE TRIGGER cut_session BEFORE INSERT OR UPDATE OF "userAgent", "ipAddress" ON auth."session"
    FOR EACH ROW EXECUTE FUNCTION auth.cut_session()`

  // 100 sessions, whoever makes them: the least recently used go. Those who make one wait for each other before that
  // (compare_credentials). Nothing is waited for with that lock in hand (a row that somebody else has locked is ending or
  // in use, and the next sign-in looks again), so that nobody waits in a circle.
  yield* sql`CREATE FUNCTION auth.bound_sessions() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth."session" s WHERE s."id" = ANY (ARRAY(
        SELECT e."id" FROM auth."session" e WHERE e."id" IN (
          SELECT o."id" FROM auth."session" o WHERE o."userId" = NEW."userId" AND o."id" <> NEW."id"
            ORDER BY o."updatedAt" DESC, o."id" OFFSET 99
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $$`
  yield* sql`CREATE TRIGGER bound_sessions AFTER INSERT ON auth."session"
    FOR EACH ROW EXECUTE FUNCTION auth.bound_sessions()`

  // 100 addresses that an account is known at. Two that come at once may leave one more, until the next.
  yield* sql`CREATE FUNCTION auth.bound_familiar_clients() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth.familiar_clients f WHERE f.user_id = NEW.user_id AND f.client = ANY (ARRAY(
        SELECT e.client FROM auth.familiar_clients e WHERE e.user_id = NEW.user_id AND e.client IN (
          SELECT o.client FROM auth.familiar_clients o WHERE o.user_id = NEW.user_id AND o.client <> NEW.client
            ORDER BY o.seen_at DESC, o.client OFFSET 99
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $$`
  yield* sql`CREATE TRIGGER bound_familiar_clients AFTER INSERT ON auth.familiar_clients
    FOR EACH ROW EXECUTE FUNCTION auth.bound_familiar_clients()`

  // What was made before.
  yield* sql`UPDATE auth."session" SET "userAgent" = left("userAgent", 200), "ipAddress" = left("ipAddress", 64)
    WHERE char_length("userAgent") > 200 OR char_length("ipAddress") > 64`
  yield* sql`DELETE FROM auth."session" WHERE "id" IN (
    SELECT "id" FROM (
      SELECT "id", row_number() OVER (PARTITION BY "userId" ORDER BY "updatedAt" DESC, "id") AS place
        FROM auth."session"
    ) ranked WHERE place > 100)`

  // The newest 1,000 stored answers of a user, and of those what fits into 4 MiB, stay. By the index, row by row: that
  // passes over what has been deleted the next time, which a bitmap of it would not.
  yield* sql`CREATE FUNCTION todo.trim_idempotency_keys(uid uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = '' SET enable_bitmapscan = off SET enable_seqscan = off AS $$
    BEGIN
      DELETE FROM todo.idempotency_keys k WHERE k.user_id = uid AND k.key = ANY (ARRAY(
        SELECT e.key FROM todo.idempotency_keys e WHERE e.user_id = uid AND e.key IN (
          SELECT ranked.key FROM (
            SELECT o.key, row_number() OVER newest AS place, sum(pg_column_size(o.rows)) OVER newest AS bytes
              FROM todo.idempotency_keys o WHERE o.user_id = uid
              WINDOW newest AS (ORDER BY o.created_at DESC, o.key ROWS UNBOUNDED PRECEDING)
          ) ranked WHERE ranked.place > 1000 OR ranked.bytes > 4194304
        ) FOR UPDATE SKIP LOCKED));
    END $$`

  // Now and then, the more often the larger what is kept: counting each time would cost more than the write, and by
  // chance nobody knows when. On average there are 128 answers too many, or 512 kB.
  yield* sql`CREATE OR REPLACE FUNCTION todo.remember(uid uuid, new_key text, new_fingerprint bytea, new_rows jsonb)
    RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, rows, created_at)
        VALUES (uid, new_key, new_fingerprint, new_rows, clock_timestamp())
        ON CONFLICT (user_id, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, rows = excluded.rows, created_at = excluded.created_at;
      IF random() < 1.0 / 128 + pg_column_size(new_rows) / 524288.0 THEN
        PERFORM todo.trim_idempotency_keys(uid);
      END IF;
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
