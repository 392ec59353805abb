import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import type { SqlError } from "effect/sql"

/** Whether the database could not be asked, rather than that it refused what was asked. */
export const isOutage = (error: SqlError.SqlError) => error.isRetryable || error.reason._tag === "AuthenticationError"

/** 503 for what a statement fails with when the database does not answer. Anything else is a fault of ours. */
export const failOfOutage = (error: SqlError.SqlError): Effect.Effect<never, ServiceUnavailable> =>
  isOutage(error)
    ? Effect.logWarning("The database does not answer", error).pipe(
      Effect.andThen(Effect.fail(new ServiceUnavailable({ detail: "The database does not answer" })))
    )
    : Effect.die(error)
