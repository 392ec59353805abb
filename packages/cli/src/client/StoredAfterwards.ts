import { Effect } from "effect"
import { Output } from "../terminal/Output.ts"
import { type ApiError, asFailure } from "./HttpFailure.ts"

/**
 * Stores what has come of a request. The service has done its part, which stands whatever comes of this: what cannot be
 * stored is told beside it.
 */
export const storedAfterwards = Effect.fnUntraced(function*<R>(update: Effect.Effect<void, ApiError, R>) {
  const output = yield* Output
  yield* Effect.catch(asFailure(update), ({ message }) => output.note(`It is done, but not stored here: ${message}`))
})
