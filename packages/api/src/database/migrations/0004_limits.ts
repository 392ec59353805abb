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
})
