import { Effect } from "effect"
import { Credentials } from "../client/Credentials.ts"
import { rememberService } from "../client/LastService.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { endSession } from "./EndSession.ts"
import { setOwnTimeZone } from "./OwnTimeZone.ts"

/** What the service answers to sign-up and sign-in. */
interface SignedIn {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
}

/**
 * Keeps a new session and says whose it is. The token itself is never printed. The session whose place it takes ends at
 * the service, and so does the new one where it cannot be kept: nobody would hold the token of either.
 */
export const keepSession = Effect.fn("keepSession")(function*({ token, user: { email, id, name } }: SignedIn) {
  const credentials = yield* Credentials
  const output = yield* Output
  const settings = yield* Settings
  let replaced: string | undefined
  yield* credentials.update((entry) => {
    replaced = entry?.sessionToken
    return { sessionToken: token, user: { id, name, email }, jwt: null, jwtExpiresAt: null }
  }).pipe(
    Effect.tapError(() => Effect.ignore(endSession(token)))
  )
  yield* rememberService
  yield* output.result({
    json: () => ({ user: { id, name, email } }),
    quiet: () => [id],
    human: () => [`Signed in at ${settings.apiUrl} as ${printable(name)} <${printable(email)}>`]
  })
  if (replaced !== undefined && replaced !== token) {
    yield* Effect.catch(
      endSession(replaced),
      () => output.note("The session that was here before could not be ended at the service.")
    )
  }
  if (settings.token === undefined) yield* setOwnTimeZone
  else {
    yield* output.note("TODO_TOKEN is set: other commands use it and not this session.")
  }
})
