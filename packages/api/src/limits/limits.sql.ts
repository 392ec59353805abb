/** Rate limits, and the client addresses that an account is known at. */
export default [
  // The generic cell rate algorithm: a bucket of "quota" refills evenly in "period" seconds and is full again at
  // full_at (the theoretical arrival time). What is refused takes nothing, so waiting always helps. The buckets are
  // asked in the order given, and none after one that refuses: every caller names them in the same order of
  // policies, so that no two wait for each other. The clock is the database's, one for all replicas.
  `CREATE OR REPLACE FUNCTION auth.take_rates(buckets jsonb)
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
    END $$`,
  // 100 addresses that an account is known at. Two that come at once may leave one more, until the next.
  `CREATE OR REPLACE FUNCTION auth.bound_familiar_clients() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth.familiar_clients f WHERE f.user_id = NEW.user_id AND f.client = ANY (ARRAY(
        SELECT e.client FROM auth.familiar_clients e WHERE e.user_id = NEW.user_id AND e.client IN (
          SELECT o.client FROM auth.familiar_clients o WHERE o.user_id = NEW.user_id AND o.client <> NEW.client
            ORDER BY o.seen_at DESC, o.client OFFSET 99
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER bound_familiar_clients AFTER INSERT ON auth.familiar_clients
    FOR EACH ROW EXECUTE FUNCTION auth.bound_familiar_clients()`
]
