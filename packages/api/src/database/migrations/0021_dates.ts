import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Dates of tasks, and their repetition (docs/adr/0032). `due` and `start` are as they were written; what they are looked for
 * by is in the keys, whose three kinds are ranges of one index (`0031_indexes`).
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks
    ADD COLUMN start jsonb,
    ADD COLUMN due jsonb,
    ADD COLUMN repeat jsonb,
    ADD COLUMN occurrence text,
    ADD COLUMN start_key text COLLATE "C",
    ADD COLUMN due_key text COLLATE "C",
    ADD COLUMN series jsonb,
    ADD COLUMN completion jsonb`
})
