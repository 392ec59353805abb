import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import type { SqlError } from "effect/sql"

/**
 * SQLSTATEs that Effect calls unknown, and that say that the server is short of
 * something (53), is going down or coming up (57P), has a fault of its own (58),
 * or has just become somebody's replica (25006).
 */
const outageStates = /^(?:53|57P|58)|^25006$/

const isOutageState = ({ cause }: SqlError.SqlErrorReason) =>
  cause instanceof Error && "code" in cause && outageStates.test(String(cause.code))

/** Whether the database could not be asked, rather than that it refused what was asked. */
export const isOutage = (error: SqlError.SqlError) =>
  error.isRetryable || error.reason._tag === "AuthenticationError" || isOutageState(error.reason)

/** Whether the connection was lost: the statement may have run or not. */
const isLost = (error: SqlError.SqlError) => error.reason._tag === "ConnectionError" || isOutageState(error.reason)

/** Asks once more, on another connection, when one is lost. For what only reads. */
export const readingAgain = <A, R>(
  read: Effect.Effect<A, SqlError.SqlError, R>
): Effect.Effect<A, SqlError.SqlError, R> => Effect.catchIf(read, isLost, () => read)

/** 503 for what a statement fails with when the database does not answer. Anything else is a fault of ours. */
export const failOfOutage = (error: SqlError.SqlError): Effect.Effect<never, ServiceUnavailable> =>
  isOutage(error)
    ? Effect.logWarning("The database does not answer", error).pipe(
      Effect.andThen(Effect.fail(new ServiceUnavailable({ detail: "The database does not answer" })))
    )
    : Effect.die(error)
