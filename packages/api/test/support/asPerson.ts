import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { Person } from "./requests.ts"

/** Runs a statement on what is `person`'s, as row-level security lets it. */
export const asPerson = <A, E, R>(person: Person, statement: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* sql.withTransaction(
      Effect.andThen(sql`SELECT set_config('app.user_id', ${person.id}, true)`, statement)
    )
  })
