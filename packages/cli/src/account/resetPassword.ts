import { type Command, Option } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { accepted, objectionToAddress } from "../signIn/AccountInput.ts"
import { newPasswordForm } from "../signIn/NewPasswordForm.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("reset-password")
    .description(withExamples(
      "Set another password with the code of a mail, when it is forgotten",
      "todo account reset-password --email ada@example.com",
      "todo account reset-password",
      "printf '%s\\n' \"$CODE\" \"$NEW\" | todo account reset-password --code-stdin"
    ))
    .addOption(
      new Option("--email <address>", "ask for a mail to the address you signed up with").conflicts("codeStdin")
    )
    .option("--code-stdin", "read the code and the new password from the first two lines of stdin")
    .action(({ codeStdin, email }) => dispatch({ email, codeStdin: codeStdin === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.resetPassword")(function*({ codeStdin, email }: {
  readonly email: string | undefined
  readonly codeStdin: boolean
}) {
  const { interactive } = yield* Settings
  const output = yield* Output
  if (email === undefined) {
    if (codeStdin || interactive) return yield* setPassword(codeStdin)
    return yield* usage("Missing --email or --code-stdin", "The first asks for a mail, the second takes its code.")
  }
  yield* accepted("--email", email, objectionToAddress)
  const sent = yield* requestMail(email)
  if (interactive) {
    yield* output.note(sent)
    return yield* setPassword(false)
  }
  yield* output.result({ json: () => ({ mailTo: email }), quiet: () => [], human: () => [sent] })
  yield* output.note("Use its link, or its code with `todo account reset-password`.")
})

const requestMail = Effect.fnUntraced(function*(email: string) {
  const { account } = yield* AuthClient
  yield* account.requestPasswordReset({ payload: { email } })
  return `A mail is on its way to ${printable(email)}, if it has an account`
})

const setPassword = Effect.fnUntraced(function*(codeStdin: boolean) {
  const output = yield* Output
  const { account } = yield* AuthClient
  const { newPassword, proof } = yield* newPasswordForm({
    label: "Code of the mail",
    option: "--code-stdin",
    stdin: codeStdin
  })
  yield* account.resetPassword({ payload: { token: proof.trim(), newPassword } })
  yield* output.result({
    json: () => ({ passwordChanged: true }),
    quiet: () => [],
    human: () => ["The password has changed, and you are signed out everywhere"]
  })
  yield* output.note("Sign in with `todo login`.")
})
