import { Unauthorized } from "@todo/domain/auth/Authorization"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { SqlError } from "effect/sql"
import { failOfOutage, readingAgain } from "./connections/Outage.ts"
import type { Statements } from "./connections/Statements.ts"

/**
 * Makes a read through the database's door, in one statement. `query` filters by `me.uid`, the current user, and its
 * own values are $3, $4 and so on: the door has the first two. `todo.authenticate` checks that the session is live and
 * the user's, sets the identity that row-level security compares with, for this transaction only, and raises SQLSTATE
 * 28000 otherwise.
 *
 * The subquery must not be flattened: the planner would take the user from the policy and read the table before the
 * door has answered. `OFFSET 0` is the fence (docs/adr/0003).
 */
export const throughDoor = <Row extends object, Values extends ReadonlyArray<unknown> = []>(
  statements: Statements["Service"],
  query: string
) => {
  const text = `SELECT seen.*${behindDoor(query)}`
  return (...values: Values): Effect.Effect<ReadonlyArray<Row>, DoorError, CurrentUser> =>
    asking(
      (user) => statements.commits.read(user.id, statements.run<Row>(text, [user.sessionId, user.id, ...values]))
    )
}

/**
 * Does a read through the door whose text comes once (`Statements.runOnce`). One that looks at all that a user has goes
 * where nobody else's statement waits for it.
 */
export const onceThroughDoor =
  <Row extends object>({ commits, runLongOnce, runOnce }: Statements["Service"], query: string, isLong: boolean) =>
  (...values: ReadonlyArray<unknown>): Effect.Effect<ReadonlyArray<Row>, DoorError, CurrentUser> => {
    const run = isLong ? runLongOnce : runOnce
    const text = `SELECT seen.*${behindDoor(query)}`
    return asking((user) => commits.read(user.id, run<Row>(text, [user.sessionId, user.id, ...values])))
  }

/** A row of what is read of the record. */
export interface Shown {
  /** Whether it tells of something that has happened. */
  readonly shows: boolean
}

/** The same for a read of the record: what it shows is on the disk, whichever process has written it. */
export const followThroughDoor = <Row extends Shown, Values extends ReadonlyArray<unknown> = []>(
  { commits, run }: Statements["Service"],
  query: string
) => {
  const text = `SELECT seen.*, CASE WHEN seen.shows THEN ${commits.flush} END AS flushed${behindDoor(query)}`
  const shows = (rows: ReadonlyArray<Row>) => rows.some((row) => row.shows)
  return (...values: Values): Effect.Effect<ReadonlyArray<Row>, DoorError, CurrentUser> =>
    asking((user) => commits.follow(run<Row>(text, [user.sessionId, user.id, ...values]), shows))
}

const behindDoor = (query: string) => ` FROM todo.authenticate($1, $2) me(uid), LATERAL (${query} OFFSET 0) seen`

const asking = <A>(read: (user: CurrentUser["Service"]) => Effect.Effect<A, SqlError.SqlError>) =>
  Effect.flatMap(CurrentUser, (user) => answeringForDoor(readingAgain(read(user))))

/** What any statement behind the door may fail with. */
export type DoorError = Unauthorized | ServiceUnavailable

/**
 * Turns what a statement behind the door can fail with into what a client can
 * act on: 401 when the session or the token for scripts is over, 503 when the database does not answer.
 * Anything else is a fault of ours.
 */
export const answeringForDoor = <A, R>(
  effect: Effect.Effect<A, SqlError.SqlError, R>
): Effect.Effect<A, DoorError, R> =>
  Effect.catch(
    effect,
    (error): Effect.Effect<never, DoorError> =>
      error.reason._tag === "AuthenticationError" && error.reason.operation === "query"
        ? Effect.fail(
          new Unauthorized({ code: "token_invalid", detail: "The session or the token for scripts has ended" })
        )
        : failOfOutage(error)
  )
