import { Effect, Layer, type Redacted } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { TokenSource } from "../client/TokenSource.ts"

/** Whose a session is that is not stored yet. */
export const ownerOf = (session: Redacted.Redacted) =>
  Effect.gen(function*() {
    const { users } = yield* ApiClient
    return yield* users.me()
  }).pipe(
    // Layers are shared by default, and the client of the session in use may be there already.
    Effect.provide(ApiClient.layer.pipe(Layer.provide(TokenSource.ofSession(session))), { local: true })
  )
