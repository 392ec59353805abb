import { Effect, Redacted } from "effect"
import { AuthClient, Session } from "../client/AuthClient.ts"
import { type ApiError, failureOf } from "../client/HttpFailure.ts"
import { Settings } from "../Settings.ts"

/** Ends a session at the service. One that has ended already is as good. */
export const endSession = Effect.fn("endSession")(function*(sessionToken: string) {
  const settings = yield* Settings
  const auth = yield* (yield* AuthClient).auth
  yield* auth.signOut().pipe(
    Effect.provideService(Session, Redacted.make(sessionToken)),
    Effect.catch((error: ApiError) => Effect.flip(failureOf(error, settings))),
    Effect.catchIf(({ status }) => status === 401, () => Effect.void)
  )
})
