import { Schema } from "effect"
import { ProblemClass } from "./ProblemClass.ts"

/** A string of structured fields (RFC 9651), as the draft has it, or bare, as most clients send it. */
// oxlint-disable-next-line no-useless-escape -- with the flag `v` a class may not have a bare bracket
const pattern = /^(?:"(?:[!#-\[\]-~]|\\["\\]){1,255}"|[!#-~][!-~]{0,254})$/u

/**
 * The header of an operation that may be sent again when its answer was lost
 * (draft-ietf-httpapi-idempotency-key-header). Every write has it.
 */
export const idempotencyKey = {
  "idempotency-key": Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(pattern, { message: "Expected 1 to 255 visible ASCII characters, in quotes or without" })
    ).annotate({
      description:
        "Makes the request safe to send again: for 24 hours, and the user's last 1,000 keys, the same key with the same request gives the stored answer, with `Idempotency-Replayed: true`, and does nothing. Use a new UUID for each operation."
    })
  )
}

/** The key that a valid header carries: the same in quotes and without. */
export const idempotencyKeyOf = (header: string): string =>
  header.startsWith("\"") ? header.slice(1, -1).replace(/\\(.)/g, "$1") : header

/** The key came before, from the same user, with another request (422). */
export class IdempotencyKeyReused extends ProblemClass<IdempotencyKeyReused>()(
  "idempotency_key_reused",
  "The user sent this `Idempotency-Key` with another request, less than 24 hours ago."
) {}

/** The first request with this key has not been answered yet (409). */
export class IdempotencyKeyInFlight extends ProblemClass<IdempotencyKeyInFlight>()(
  "idempotency_key_in_flight",
  "A request with this `Idempotency-Key` is being answered at this moment."
) {}

/** What an operation with the header may answer because of it. */
const problems = [IdempotencyKeyReused, IdempotencyKeyInFlight] as const

/** What an endpoint of a write has beside what it says itself. */
interface Own {
  readonly success: Schema.Top | ReadonlyArray<Schema.Top>
  readonly headers?: Schema.Struct.Fields
  readonly error?: ReadonlyArray<Schema.Top>
}

type Headers<Options extends Own> = Options["headers"] extends infer Fields extends Schema.Struct.Fields ? Fields : {}
type Errors<Options extends Own> = Options["error"] extends infer Errors extends ReadonlyArray<Schema.Top>
  ? Errors[number]
  : never

/**
 * The options of an endpoint that writes, with the header `Idempotency-Key` and its problems. What a handler writes may
 * fail with these, so that it does not compile where an endpoint goes without.
 */
export const write = <const Options extends Own>(
  { error, headers, ...others }: Options
) => ({
  ...others,
  headers: { ...headers, ...idempotencyKey } as Headers<Options> & typeof idempotencyKey,
  error: [...(error ?? []), ...problems] as ReadonlyArray<Errors<Options> | (typeof problems)[number]>
})
