import { Effect, Redacted } from "effect"
import { AuthClient, Session } from "../AuthClient.ts"
import { Credentials } from "../Credentials.ts"
import { Failure, usage } from "../Failure.ts"
import { type ApiError, failureOf } from "../HttpFailure.ts"
import { Output } from "../Output.ts"
import { Settings } from "../Settings.ts"

/** Ends a session at the service. One that has ended already is as good. */
const endSession = Effect.fnUntraced(function*(sessionToken: string) {
  const { apiUrl } = yield* Settings
  const auth = yield* (yield* AuthClient).auth
  yield* auth.signOut().pipe(
    Effect.provideService(Session, Redacted.make(sessionToken)),
    Effect.catch((error: ApiError) => Effect.flip(failureOf(error, apiUrl))),
    Effect.catchIf(({ status }) => status === 401, () => Effect.void),
    // The session is kept, so that the command can be run again.
    Effect.mapError((failure) =>
      new Failure({
        ...failure,
        message: failure.message,
        hints: [...failure.hints, "You are still signed in; `todo logout --local` forgets the session here only."]
      })
    )
  )
})

export const logout = Effect.fn("logout")(function*({ local }: { readonly local: boolean }) {
  const settings = yield* Settings
  const credentials = yield* Credentials
  const output = yield* Output
  if (settings.token !== undefined) {
    return yield* usage("TODO_TOKEN is set, and logout ends stored sessions only", "Unset TODO_TOKEN first.")
  }
  const entry = yield* credentials.get
  if (entry !== undefined) {
    if (!local) yield* endSession(entry.sessionToken)
    yield* credentials.update((latest) => latest?.sessionToken === entry.sessionToken ? undefined : latest)
  }
  yield* output.result({
    json: () => ({ signedOut: entry !== undefined }),
    quiet: () => [],
    human:
      () => [entry === undefined ? `You were not signed in at ${settings.apiUrl}` : `Signed out at ${settings.apiUrl}`]
  })
})
