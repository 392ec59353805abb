/** Answers of writes that came with an `Idempotency-Key` (docs/adr/0015): what they were about, and no text. */
export default [
  // What is known of a key: 'new', 'replayed' with the answer that was kept,
  // 'reused', or 'in_flight' while another transaction has it. Whoever gets
  // the lock sees what its last holder has committed: each statement of a
  // volatile function takes a snapshot of its own.
  `CREATE OR REPLACE FUNCTION todo.recall(
      uid uuid, wanted_key text, wanted_fingerprint bytea, OUT verdict text, OUT answer jsonb
    ) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      kept todo.idempotency_keys;
    BEGIN
      IF NOT pg_try_advisory_xact_lock(hashtextextended(uid::text || wanted_key, 0)) THEN
        verdict := 'in_flight';
        RETURN;
      END IF;
      SELECT * INTO kept FROM todo.idempotency_keys k
        WHERE k.user_id = uid AND k.key = wanted_key AND k.created_at >= clock_timestamp() - interval '24 hours';
      IF NOT FOUND THEN
        verdict := 'new';
      ELSIF kept.fingerprint = wanted_fingerprint THEN
        verdict := 'replayed';
        answer := kept.answer;
      ELSE
        verdict := 'reused';
      END IF;
    END $$`,
  // The newest 1,000 keys of a user stay. By the index, row by row: that passes over what has been deleted the next time,
  // which a bitmap of it would not.
  `CREATE OR REPLACE FUNCTION todo.trim_idempotency_keys(uid uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = '' SET enable_bitmapscan = off SET enable_seqscan = off AS $$
    BEGIN
      DELETE FROM todo.idempotency_keys k WHERE k.user_id = uid AND k.key = ANY (ARRAY(
        SELECT e.key FROM todo.idempotency_keys e WHERE e.user_id = uid AND e.key IN (
          SELECT o.key FROM todo.idempotency_keys o WHERE o.user_id = uid ORDER BY o.created_at DESC, o.key OFFSET 1000
        ) FOR UPDATE SKIP LOCKED));
    END $$`,
  // Now and then: counting each time would cost more than the write, and by chance nobody knows when. On average there
  // are 128 keys too many.
  `CREATE OR REPLACE FUNCTION todo.remember(uid uuid, new_key text, new_fingerprint bytea, new_answer jsonb)
    RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, answer, created_at)
        VALUES (uid, new_key, new_fingerprint, new_answer, clock_timestamp())
        ON CONFLICT (user_id, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at;
      IF random() < 1.0 / 128 THEN
        PERFORM todo.trim_idempotency_keys(uid);
      END IF;
    END $$`
]
