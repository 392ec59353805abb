import { scriptTokenPattern } from "@todo/domain/tokens/ScriptToken"
import { Effect, Redacted } from "effect"
import type { Entry } from "../accounts/StoredAccounts.ts"
import { AuthClient, SessionToken } from "../client/AuthClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { isJwt } from "../client/TokenSource.ts"
import { notASession } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"

/** The session in use, and what is stored for it. What `TODO_TOKEN` is if it is none is refused before anything is asked or sent. */
const sessionInUse = Effect.gen(function*() {
  const { token } = yield* Settings
  if (token !== undefined) {
    const text = Redacted.value(token)
    return scriptTokenPattern.test(text) || isJwt(text) ? yield* notASession : { session: token, kept: undefined }
  }
  const credentials = yield* Credentials
  const { sessionToken: kept } = yield* credentials.required
  return { session: yield* credentials.read(kept), kept }
})

export const currentSession = Effect.map(sessionInUse, ({ session }) => session)

/** The account of the session in use. Fails (exit code 4) when there is none. */
export const ownAccount = Effect.gen(function*() {
  const credentials = yield* Credentials
  const { kept, session } = yield* sessionInUse
  const { account } = yield* AuthClient
  return {
    /** An operation in the name of the session. */
    ask: <A, E extends ApiError>(operation: (group: typeof account) => Effect.Effect<A, E>) =>
      operation(account).pipe(
        Effect.provideService(SessionToken, session),
        asFailure
      ),
    /** Changes what is stored of the session, unless another process has put another in its place. */
    updateEntry: (change: (entry: Entry) => Entry | undefined) =>
      kept === undefined
        ? Effect.void
        : credentials.update((latest) => latest?.sessionToken === kept ? change(latest) : latest)
  }
})
