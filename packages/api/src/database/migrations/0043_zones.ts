import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * By which data of zones the keys of fixed times are made, when the users are next gone through for those that are not, and up to
 * which that is done (docs/adr/0032). It is of no user.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`CREATE TABLE todo.zones (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version text COLLATE "C" NOT NULL,
    at timestamptz(3),
    walked uuid
  )`
  yield* sql`INSERT INTO todo.zones (version) VALUES ('')`
})
