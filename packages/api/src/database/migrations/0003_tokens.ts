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
})
