import { Api } from "@todo/domain/Api"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { SqlClient } from "effect/sql"

/** Serves the contract's `system`. */
export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fn(function*(handlers) {
    const sql = yield* SqlClient.SqlClient
    const ok = Effect.succeed({ status: "ok" as const })
    const databaseAnswers = sql`SELECT 1`.pipe(
      Effect.timeout("2 seconds"),
      Effect.mapError(() => new ServiceUnavailable({ detail: "The database does not answer" }))
    )
    return handlers.handleAll({
      live: () => ok,
      ready: () => Effect.andThen(databaseAnswers, ok)
    })
  })
)
