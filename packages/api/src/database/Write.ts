import { IdempotencyKeyInFlight, IdempotencyKeyReused } from "@todo/domain/http/Idempotency"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { RequestKey } from "../http/RequestKey.ts"
import type { Statements } from "./connections/Statements.ts"
import { answeringForDoor, type DoorError } from "./Door.ts"

/** What any write may fail with. */
export type WriteError = DoorError | IdempotencyKeyReused | IdempotencyKeyInFlight

/** What a write with a key answers; `rows` where it is done, now or before. */
interface Verdict<Row> {
  readonly verdict: "new" | "replayed" | "reused" | "in_flight"
  readonly rows: ReadonlyArray<Row>
}

/**
 * Makes a write: the call of a function of the schema `todo`, in one statement, that gets the session and the user and
 * then the values. Where the request has a key it is the function of the same name that takes a key, too. Times of its
 * rows are text then.
 */
export const write = <Row extends object, Values extends ReadonlyArray<unknown>>(
  statements: Statements["Service"],
  name: string,
  parameters: Values["length"],
  columns: string
) => {
  const call = (answer: string, count: number) =>
    `SELECT ${answer} FROM todo.${name}(${
      Array.from({ length: count }, (_, i) => `$${i + 1}`).join(", ")
    })${statements.commits.clause}`
  const plain = call(columns, 2 + parameters)
  const withKey = call("verdict, rows", 4 + parameters)

  return (...values: Values): Effect.Effect<ReadonlyArray<Row>, WriteError, CurrentUser | RequestKey> =>
    Effect.flatMap(CurrentUser, (user) =>
      Effect.flatMap(RequestKey, (request) => {
        const given = [user.sessionId, user.id, ...values]
        const run = <Answer extends object>(text: string, values: ReadonlyArray<unknown>) =>
          answeringForDoor(statements.commits.write(user.id, statements.run<Answer>(text, values)))
        if (request === undefined) return run<Row>(plain, given)
        const { fingerprint, header, key } = request
        return Effect.flatMap(
          run<Verdict<Row>>(withKey, [...given, key, fingerprint]),
          ([answer]): Effect.Effect<ReadonlyArray<Row>, IdempotencyKeyReused | IdempotencyKeyInFlight> => {
            const { rows, verdict } = answer!
            switch (verdict) {
              case "new":
                return Effect.succeed(rows)
              case "replayed":
                return Effect.as(header("idempotency-replayed", "true"), rows)
              case "reused":
                return Effect.fail(new IdempotencyKeyReused({ detail: "You sent this key with another request" }))
              case "in_flight":
                return Effect.andThen(
                  header("retry-after", "1"),
                  Effect.fail(new IdempotencyKeyInFlight({ detail: "Send the request again in a moment" }))
                )
            }
          }
        )
      }))
}
