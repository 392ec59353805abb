import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** The functions that write: their parameters after the door's two, and a row of their answer as it is kept. */
const writes = {
  create_task: {
    parameters: { new_id: "uuid", new_title: "text", new_description: "text" },
    row: "to_jsonb(answer)"
  },
  update_task: {
    parameters: {
      task_id: "uuid",
      expected_versions: "integer[]",
      new_title: "text",
      describe: "boolean",
      new_description: "text",
      complete: "boolean"
    },
    row: "to_jsonb(answer.task) || jsonb_build_object('matched', answer.matched)"
  },
  remove_task: {
    parameters: { task_id: "uuid", expected_versions: "integer[]" },
    row: "to_jsonb(answer.task) || jsonb_build_object('matched', answer.matched)"
  },
  create_script_token: {
    parameters: { new_id: "uuid", new_name: "text", new_scopes: "text[]", secret_hash: "bytea", days: "integer" },
    row: "to_jsonb(answer)"
  },
  revoke_script_token: { parameters: { token_id: "uuid" }, row: "to_jsonb(answer)" },
  end_session: { parameters: { target: "uuid" }, row: "to_jsonb(answer)" },
  end_other_sessions: { parameters: {}, row: "to_jsonb(answer)" }
}

/**
 * Answers of writes that came with an `Idempotency-Key` (docs/adr/0015), and
 * what lets the service sweep rows that have had their time.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.idempotency_keys (
    user_id uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL,
    rows jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
  )`
  yield* sql`CREATE INDEX idempotency_keys_created_idx ON todo.idempotency_keys (created_at)`
  yield* sql`ALTER TABLE todo.idempotency_keys ENABLE ROW LEVEL SECURITY`
  yield* sql`ALTER TABLE todo.idempotency_keys FORCE ROW LEVEL SECURITY`
  yield* sql`CREATE POLICY own_rows ON todo.idempotency_keys
    USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`

  // The sweeper is nobody. A DELETE that reads no column needs no policy but
  // one for DELETE, so it meets these rows and never sees them.
  yield* sql`CREATE POLICY swept ON todo.idempotency_keys FOR DELETE
    USING (created_at < now() - interval '24 hours')`
  yield* sql`CREATE POLICY swept ON todo.script_tokens FOR DELETE
    USING (expires_at < now() - interval '30 days')`
  yield* sql`CREATE INDEX script_tokens_expires_idx ON todo.script_tokens (expires_at)`

  // What is known of a key: 'new', 'replayed' with the rows that were kept,
  // 'reused', or 'in_flight' while another transaction has it. Whoever gets
  // the lock sees what its last holder has committed: each statement of a
  // volatile function takes a snapshot of its own.
  yield* sql`CREATE FUNCTION todo.recall(
      uid uuid, wanted_key text, wanted_fingerprint bytea, OUT verdict text, OUT rows jsonb
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
        rows := kept.rows;
      ELSE
        verdict := 'reused';
      END IF;
    END $$`

  yield* sql`CREATE FUNCTION todo.remember(uid uuid, new_key text, new_fingerprint bytea, new_rows jsonb) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, rows, created_at)
        VALUES (uid, new_key, new_fingerprint, new_rows, clock_timestamp())
        ON CONFLICT (user_id, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, rows = excluded.rows, created_at = excluded.created_at;
    END $$`

  // Each write once more, with a key: the door, then the same write as without
  // one, unless the key is known. Without a key nothing here is run.
  for (const [name, { parameters, row }] of Object.entries(writes)) {
    const declared = Object.entries(parameters).map(([parameter, type]) => `${parameter} ${type}, `).join("")
    const passed = ["sid", "uid", ...Object.keys(parameters)].join(", ")
    yield* sql.unsafe(`CREATE FUNCTION todo.${name}(
        sid uuid, uid uuid, ${declared}idempotency_key text, fingerprint bytea, OUT verdict text, OUT rows jsonb
      ) LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        PERFORM todo.authenticate(sid, uid);
        SELECT * INTO verdict, rows FROM todo.recall(uid, idempotency_key, fingerprint);
        IF verdict = 'new' THEN
          SELECT coalesce(jsonb_agg(${row}), '[]') INTO rows FROM todo.${name}(${passed}) answer;
          PERFORM todo.remember(uid, idempotency_key, fingerprint, rows);
        END IF;
      END $$`)
  }

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
