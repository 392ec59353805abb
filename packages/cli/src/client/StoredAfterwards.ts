import { Effect } from "effect"
import type { Failure } from "../failures/Failure.ts"
import { Output } from "../terminal/Output.ts"

/**
 * Stores what has come of a request. The service has done its part, which stands whatever comes of this: what cannot be
 * stored is told beside it.
 */
export const storedAfterwards = Effect.fnUntraced(function*(update: Effect.Effect<void, Failure>) {
  const output = yield* Output
  yield* Effect.catch(update, ({ message }) => output.note(`It is done, but not stored here: ${message}`))
})
