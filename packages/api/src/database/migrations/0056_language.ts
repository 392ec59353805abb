import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** The language in which words are read, and said. */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.settings ADD COLUMN language text NOT NULL DEFAULT 'en'`
  yield* sql`UPDATE todo.counters c
    SET place = jsonb_build_object(
      'timeZone', s.time_zone, 'dayEndsAt', s.day_ends_at, 'weekStart', s.week_start, 'language', s.language
    )
    FROM todo.settings s WHERE s.user_id = c.user_id`
})
