import { Effect } from "effect"
import { SqlClient } from "effect/sql"

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
})
