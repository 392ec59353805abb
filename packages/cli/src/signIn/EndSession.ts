import { Effect, Layer, Redacted } from "effect"
import { AuthClient, SessionToken } from "../client/AuthClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { HttpTransport } from "../client/HttpTransport.ts"
import { Settings } from "../Settings.ts"

/** Ends a session at the service. One that has ended already is as good. */
export const endSession = Effect.fn("endSession")(function*(sessionToken: string) {
  const { auth } = yield* AuthClient
  yield* auth.signOut().pipe(
    Effect.provideService(SessionToken, Redacted.make(sessionToken)),
    asFailure,
    Effect.catchIf(({ status }) => status === 401, () => Effect.void)
  )
})

/** The same at another service than the one in use. */
export const endSessionAt = Effect.fn("endSessionAt")(function*(apiUrl: string, sessionToken: string) {
  const there = Layer.succeed(Settings, { ...yield* Settings, apiUrl })
  const client = AuthClient.layer.pipe(Layer.provide(HttpTransport), Layer.provideMerge(there))
  // Layers are shared by default, and the client of the service in use is there already.
  yield* Effect.provide(endSession(sessionToken), client, { local: true })
})
