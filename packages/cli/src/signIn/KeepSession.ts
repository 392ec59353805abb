import { Effect, Redacted } from "effect"
import { accountsLike } from "../accounts/AccountRef.ts"
import type { Entry } from "../accounts/StoredAccounts.ts"
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
 * Keeps a new session and says whose it is, which is in use from now on, beside other accounts. The token itself is never
 * printed. A session of the same account ends at the service, and so does the new one where it cannot be kept: nobody would
 * hold the token of either.
 */
export const keepSession = Effect.fn("keepSession")(function*({ token, user: { email, id, name } }: SignedIn) {
  const output = yield* Output
  const settings = yield* Settings
  const replaced = yield* Effect.tapError(
    kept({ sessionToken: token, user: { id, name, email }, jwt: null, jwtExpiresAt: null }),
    () => Effect.ignore(endSession(token))
  )
  yield* rememberService
  yield* output.result({
    json: () => ({ user: { id, name, email } }),
    quiet: () => [id],
    human: () => [`Signed in at ${settings.apiUrl} as ${printable(name)} <${printable(email)}>`]
  })
  if (replaced !== undefined) {
    yield* Effect.catch(
      endReplaced(replaced.sessionToken, token),
      () => output.note("The session that was here before could not be ended at the service.")
    )
  }
  if (settings.token !== undefined) {
    return yield* output.note("TODO_TOKEN is set: other commands use it and not this session.")
  }
  if (
    settings.account !== undefined && accountsLike(settings.account.text, [{ ...settings, email, name }]).length === 0
  ) {
    yield* output.note("TODO_ACCOUNT names another account: other commands use that.")
  }
  yield* setOwnTimeZone
})

/** Keeps an entry, its token where tokens are kept. Answers the one of the same account whose place it takes. */
const kept = Effect.fnUntraced(function*(entry: Entry) {
  const credentials = yield* Credentials
  const sessionToken = yield* credentials.keep(entry.sessionToken)
  return yield* Effect.tapError(
    credentials.add({ ...entry, sessionToken }),
    () => credentials.discard(sessionToken)
  )
})

/** Ends a session whose place another has taken, unless it is the same. */
const endReplaced = Effect.fnUntraced(function*(stored: string, token: string) {
  const credentials = yield* Credentials
  const before = Redacted.value(yield* credentials.read(stored))
  if (before !== token) yield* endSession(before)
  yield* credentials.discard(stored)
})
