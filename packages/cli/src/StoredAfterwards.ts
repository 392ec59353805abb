import { Effect } from "effect"
import { type ApiError, failureOf } from "./HttpFailure.ts"
import { Output } from "./Output.ts"
import { Settings } from "./Settings.ts"

/**
 * Stores what has come of a request. The service has done its part, which stands whatever comes of this: what cannot be
 * stored is told beside it.
 */
export const storedAfterwards = Effect.fnUntraced(function*<R>(update: Effect.Effect<void, ApiError, R>) {
  const output = yield* Output
  const settings = yield* Settings
  yield* Effect.catch(update, (error) =>
    Effect.flatMap(
      failureOf(error, settings),
      ({ message }) => output.note(`It is done, but not stored here: ${message}`)
    ))
})
