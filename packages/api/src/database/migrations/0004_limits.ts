import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Rate limits that all replicas share, and the client addresses that an account
 * has been signed in to from, which other people's wrong guesses do not shut out.
 *
 * The limits are kept through a restart (no UNLOGGED): Neon suspends a compute
 * after five quiet minutes, and whoever guesses at a password would start anew.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  // No index but the key, and room in each page: an update stays in its page and touches no index.
  yield* sql`CREATE TABLE auth.rate_limits (
    key text PRIMARY KEY,
    full_at timestamptz NOT NULL
  ) WITH (fillfactor = 50)`

  yield* sql`CREATE TABLE auth.familiar_clients (
    user_id uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
    client text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (user_id, client)
  )`

  // The generic cell rate algorithm: a bucket of "quota" refills evenly in "period" seconds and is full again at
  // full_at (the theoretical arrival time). What is refused takes nothing, so waiting always helps. The buckets are
  // asked in the order given, and none after one that refuses: every caller names them in the same order of
  // policies, so that no two wait for each other. The clock is the database's, one for all replicas.
  yield* sql`CREATE FUNCTION auth.take_rates(buckets jsonb)
    RETURNS TABLE (allowed boolean, remaining integer, wait_seconds integer)
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      bucket jsonb;
      quota integer;
      span interval;
      step interval;
      moment timestamptz;
      filled timestamptz;
    BEGIN
      FOR bucket IN SELECT value FROM jsonb_array_elements(buckets) LOOP
        quota := (bucket ->> 'quota')::integer;
        span := make_interval(secs => (bucket ->> 'period')::integer);
        step := span / quota;
        moment := clock_timestamp();
        INSERT INTO auth.rate_limits AS r (key, full_at) VALUES (bucket ->> 'key', moment + step)
          ON CONFLICT (key) DO UPDATE SET full_at = greatest(r.full_at, moment) + step
          WHERE greatest(r.full_at, moment) + step <= moment + span
          RETURNING r.full_at INTO filled;
        allowed := FOUND;
        IF allowed THEN
          remaining := floor(extract(epoch FROM moment + span - filled) / extract(epoch FROM step))::integer;
          wait_seconds := ceil(extract(epoch FROM filled - moment))::integer;
        ELSE
          SELECT r.full_at INTO filled FROM auth.rate_limits r WHERE r.key = bucket ->> 'key';
          remaining := 0;
          wait_seconds := greatest(1, ceil(extract(epoch FROM filled + step - span - moment)))::integer;
        END IF;
        RETURN NEXT;
        EXIT WHEN NOT allowed;
      END LOOP;
    END $$`
})
