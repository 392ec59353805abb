import { Effect, Redacted } from "effect"
import { AuthClient, SessionToken } from "../client/AuthClient.ts"
import { asFailure } from "../client/HttpFailure.ts"

/** Ends a session at the service. One that has ended already is as good. */
export const endSession = Effect.fn("endSession")(function*(sessionToken: string) {
  const auth = yield* (yield* AuthClient).auth
  yield* auth.signOut().pipe(
    Effect.provideService(SessionToken, Redacted.make(sessionToken)),
    asFailure,
    Effect.catchIf(({ status }) => status === 401, () => Effect.void)
  )
})
