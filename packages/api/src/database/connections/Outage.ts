import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import type { SqlError } from "effect/sql"
import { errorLine } from "../../errorLine.ts"

/**
 * SQLSTATEs that Effect calls unknown, and that say that the server is short of
 * something (53), is going down or coming up (57P), has a fault of its own (58),
 * or has just become somebody's replica (25006).
 */
const outageStates = /^(?:53|57P|58)|^25006$/

/** What PostgreSQL calls the error, if it was PostgreSQL that failed. */
export const sqlStateOf = ({ reason: { cause } }: SqlError.SqlError): string | undefined =>
  cause instanceof Error && "code" in cause ? String(cause.code) : undefined

const isOutageState = (error: SqlError.SqlError) => outageStates.test(sqlStateOf(error) ?? "")

/** Whether the database could not be asked, rather than that it refused what was asked. */
export const isOutage = (error: SqlError.SqlError) =>
  error.isRetryable || error.reason._tag === "AuthenticationError" || isOutageState(error)

/** What the server or the network said, in a line. */
export const reasonOf = ({ reason }: SqlError.SqlError): string =>
  errorLine(reason.cause instanceof Error ? reason.cause : reason)

/** Whether the connection was lost: the statement may have run or not. */
const isLost = (error: SqlError.SqlError) => error.reason._tag === "ConnectionError" || isOutageState(error)

/** How long to wait before a read is asked again: connections that were cut together are found out one by one. */
const pauses = [20, 200]

/** Asks up to twice more, on another connection, when one is lost. For what only reads. */
export const readingAgain = <A, R>(
  read: Effect.Effect<A, SqlError.SqlError, R>,
  attempt = 0
): Effect.Effect<A, SqlError.SqlError, R> =>
  Effect.catchIf(
    read,
    (error) => isLost(error) && attempt < pauses.length,
    () => Effect.delay(Effect.suspend(() => readingAgain(read, attempt + 1)), pauses[attempt]!)
  )

/** 503 for what a statement fails with when the database does not answer. Anything else is a fault of ours. */
export const failOfOutage = (error: SqlError.SqlError): Effect.Effect<never, ServiceUnavailable> =>
  isOutage(error)
    // Its message and no more: what PostgreSQL says beside it may hold values.
    ? Effect.logWarning(`The database does not answer: ${reasonOf(error)}`).pipe(
      Effect.andThen(Effect.fail(new ServiceUnavailable({ detail: "The database does not answer" })))
    )
    : Effect.die(error)
