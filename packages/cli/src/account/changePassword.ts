import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { Credentials } from "../client/Credentials.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { endSession } from "../signIn/EndSession.ts"
import { newPasswordForm } from "../signIn/NewPasswordForm.ts"
import { Output } from "../terminal/Output.ts"
import { ownAccount } from "./OwnAccount.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("change-password")
    .description(withExamples(
      "Change the password, and sign out everywhere but here",
      "todo account change-password",
      "printf '%s\\n' \"$OLD\" \"$NEW\" | todo account change-password --password-stdin"
    ))
    .option("--password-stdin", "read the current password and the new one from the first two lines of stdin")
    .action(({ passwordStdin }) => dispatch({ passwordStdin: passwordStdin === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.changePassword")(function*(
  { passwordStdin }: { readonly passwordStdin: boolean }
) {
  const settings = yield* Settings
  const { ask, updateEntry } = yield* ownAccount
  if (settings.token !== undefined) {
    return yield* usage(
      "TODO_TOKEN is set, and this ends its session",
      "Unset TODO_TOKEN and sign in with `todo login`."
    )
  }
  // The old session would be gone, and the new one nowhere.
  const credentials = yield* Credentials
  yield* credentials.writable
  const { newPassword, proof: currentPassword } = yield* newPasswordForm({
    label: "Current password",
    option: "--password-stdin",
    stdin: passwordStdin
  })
  // Every session has ended, this one too: the answer brings the one that takes its place.
  const { token } = yield* ask((account) => account.changePassword({ payload: { currentPassword, newPassword } }))
  yield* Effect.gen(function*() {
    const sessionToken = yield* credentials.keep(token)
    yield* Effect.tapError(
      updateEntry((entry) => ({ ...entry, sessionToken, jwt: null, jwtExpiresAt: null })),
      () => credentials.discard(sessionToken)
    )
  }).pipe(
    Effect.tapError(() => Effect.ignore(endSession(token))),
    Effect.mapError((failure) =>
      new Failure({
        ...failure,
        message: `The password has changed, but you are signed out here, too. ${failure.message}`,
        hints: [...failure.hints, "Then sign in with `todo login`."]
      })
    )
  )
  yield* (yield* Output).result({
    json: () => ({ passwordChanged: true }),
    quiet: () => [],
    human: () => ["The password has changed, and you are signed out everywhere but here"]
  })
})
