import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * What spares writes and lists a look: whether something has been below a task, and with the user's counter where the user is. And
 * two checks less for each write: numbers are counted, and which priorities there are is said by the contract alone.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE todo.tasks ADD COLUMN is_parent boolean,
    DROP CONSTRAINT tasks_number_check, DROP CONSTRAINT tasks_priority_check`
  yield* sql`UPDATE todo.tasks t SET is_parent = true WHERE EXISTS (
    SELECT FROM todo.tasks c WHERE c.user_id = t.user_id AND c.parent_id = t.id
  )`
  yield* sql`ALTER TABLE todo.counters ADD COLUMN place jsonb`
  yield* sql`UPDATE todo.counters c
    SET place = jsonb_build_object('timeZone', s.time_zone, 'dayEndsAt', s.day_ends_at)
    FROM todo.settings s WHERE s.user_id = c.user_id`
})
