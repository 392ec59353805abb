import { IdempotencyKeyInFlight, IdempotencyKeyReused } from "@todo/domain/http/Idempotency"
import { Effect } from "effect"
import type { SqlClient, Statement } from "effect/sql"
import { RequestKey } from "../http/RequestKey.ts"
import { answeringForDoor, type DoorError } from "./Door.ts"

/** What any write may fail with. */
export type WriteError = DoorError | IdempotencyKeyReused | IdempotencyKeyInFlight

/** What a write with a key answers; `rows` where it is done, now or before. */
interface Verdict<Row> {
  readonly verdict: "new" | "replayed" | "reused" | "in_flight"
  readonly rows: ReadonlyArray<Row>
}

/**
 * Calls a function that writes, in one statement, and answers its rows. Where
 * the request has a key the function is the one of the same name that takes a
 * key, too: `columns` and `key` are to be put where they belong. Times of its
 * rows are text then.
 */
export const write = <Row extends object>(
  sql: SqlClient.SqlClient,
  columns: string,
  statement: (columns: Statement.Fragment, key: Statement.Fragment) => Statement.Statement<object>
): Effect.Effect<ReadonlyArray<Row>, WriteError, RequestKey> =>
  Effect.flatMap(RequestKey, (request) => {
    if (request === undefined) {
      const plain = statement(sql.literal(columns), sql.literal("")) as Statement.Statement<Row>
      return answeringForDoor(plain)
    }
    const { fingerprint, header, key } = request
    const withKey = statement(sql.literal("verdict, rows"), sql`, ${key}, ${fingerprint}`) as Statement.Statement<
      Verdict<Row>
    >
    return Effect.flatMap(
      answeringForDoor(withKey),
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
  })
