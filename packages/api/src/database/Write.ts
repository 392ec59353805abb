import { IdempotencyKeyInFlight, IdempotencyKeyReused } from "@todo/domain/http/Idempotency"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Clock, Context, Data, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import { RequestKey } from "../http/RequestKey.ts"
import * as Randomness from "../Randomness.ts"
import { type Run, Statements } from "./connections/Statements.ts"
import { answeringForDoor, type DoorError } from "./Door.ts"
import { mostBesideOthers } from "./functions/Write.sql.ts"
import { instantText } from "./InstantText.ts"
import type { Row } from "./Table.ts"
import { Wakeups } from "./Wakeups.ts"

/** What any write may fail with. */
export type WriteError = DoorError | IdempotencyKeyReused | IdempotencyKeyInFlight

/** What a write has done, now or when its key came first. */
export interface Written<Thing = Row> {
  /** The operation on record; absent where the write has changed nothing, or is of a kind that is not on record. */
  readonly operation?: string
  /** The thing that was written, as the write left it; null in a replay where the thing is gone since. */
  readonly thing?: Thing | null
  readonly [more: string]: unknown
}

/** A write that its function has refused, before it did anything. */
export class Refused extends Data.TaggedError("Refused")<{
  readonly verdict: string
  /** The thing that stands in the way, where it is one. */
  readonly thing: Row | undefined
  /** What else the function says of it. */
  readonly more: Readonly<Record<string, unknown>>
}> {}

/** Does a write: the arguments of one record, absent is unchanged and null is cleared. */
export type Write<Thing> = (
  op: Readonly<Record<string, unknown>>
) => Effect.Effect<Written<Thing>, WriteError | Refused, CurrentUser | RequestKey>

interface Answer<Thing> {
  readonly verdict: string
  readonly result: Written<Thing> | null
}

/**
 * The one way to write (docs/adr/0026): the call of a function of the schema `todo`, in one statement.
 *
 * @effect-expect-leaking CurrentUser RequestKey
 */
export class Writes extends Context.Service<Writes, {
  /**
   * The write that the function `todo.<name>` does. One that is long goes over connections where nobody else's waits; of
   * one that may be, the function is asked whether it is; it says so again as long as there is more than it does at once.
   */
  readonly make: <Thing = Row>(name: string, length?: "short" | "long" | "unknown") => Write<Thing>
}>()("todo/api/database/Writes") {
  static readonly layer = Layer.effect(
    Writes,
    Effect.gen(function*() {
      const { commits, run, runLong, turns } = yield* Statements
      const wakeups = yield* Wakeups
      const random = yield* SecureRandom.SecureRandom
      const { currentTimeMillisUnsafe: now } = yield* Clock.Clock
      return Writes.of({
        make: <Thing>(name: string, length = "short"): Write<Thing> => {
          const text = `SELECT verdict, result FROM todo.${name}($1, $2, $3, $4, $5)${commits.clause}`
          // What a generator would ask for, one after the other, a fiber has at hand.
          return (op) =>
            Effect.flatMap(random.uuidV7(), (operation) =>
              Effect.withFiber(({ context }) => {
                const user = Context.getUnsafe(context, CurrentUser)
                const request = Context.getUnsafe(context, RequestKey)
                const given = { ...op, now: instantText(now()), operation }
                const send = (run: Run, op: object) => {
                  const statement = run<Answer<Thing>>(text, [
                    user.sessionId,
                    user.id,
                    JSON.stringify(op),
                    request?.key ?? null,
                    request?.fingerprint ?? null
                  ])
                  return answeringForDoor(commits.write(user.id, turns.run(user.id, statement)))
                }
                const settle = ([answer]: ReadonlyArray<Answer<Thing>>) => {
                  if (answer!.verdict !== "done") return otherwise(answer!, request)
                  if (answer!.result?.operation !== undefined) wakeups.wake(user.id)
                  return Effect.succeed(answer!.result ?? {})
                }
                if (length !== "unknown") return Effect.flatMap(send(length === "long" ? runLong : run, given), settle)
                return send(run, { ...given, most: mostBesideOthers }).pipe(
                  Effect.filterOrElse(
                    (answers) => !isLong(answers),
                    () => Effect.repeat(send(runLong, given), { while: isLong })
                  ),
                  Effect.flatMap(settle)
                )
              }))
        }
      })
    })
  ).pipe(Layer.provide(Randomness.layer))
}

const isLong = ([answer]: ReadonlyArray<{ readonly verdict: string }>) => answer!.verdict === "long"

/** What a write says that was not done now. */
const otherwise = <Thing>(
  { result, verdict }: Answer<Thing>,
  request: RequestKey["Service"]
): Effect.Effect<Written<Thing>, IdempotencyKeyReused | IdempotencyKeyInFlight | Refused> => {
  switch (verdict) {
    case "replayed":
      return Effect.as(request!.header("idempotency-replayed", "true"), result ?? {})
    case "reused":
      return Effect.fail(new IdempotencyKeyReused({ detail: "You sent this key with another request" }))
    case "in_flight":
      return Effect.andThen(
        request!.header("retry-after", "1"),
        Effect.fail(new IdempotencyKeyInFlight({ detail: "Send the request again in a moment" }))
      )
    default:
      return Effect.fail(new Refused({ verdict, thing: result?.thing as Row | undefined, more: result ?? {} }))
  }
}
