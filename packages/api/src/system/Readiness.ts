import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { Drain } from "../http/Drain.ts"

/** Fails unless a balancer should send requests: the database answers, and the service is not about to stop. */
export const makeReadiness = Effect.map(Effect.all([SqlClient.SqlClient, Drain]), ([sql, drain]) => {
  const databaseAnswers = sql`SELECT 1`.pipe(
    Effect.timeout("2 seconds"),
    Effect.mapError(() => new ServiceUnavailable({ detail: "The database does not answer" }))
  )
  return Effect.suspend(() =>
    drain.begun ? Effect.fail(new ServiceUnavailable({ detail: "The service is stopping" })) : databaseAnswers
  )
})
