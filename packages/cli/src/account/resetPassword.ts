import { Effect } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { accepted, objectionToAddress } from "../signIn/AccountInput.ts"
import { newPasswordForm } from "../signIn/NewPasswordForm.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

const requestMail = Effect.fnUntraced(function*(email: string) {
  const account = yield* (yield* AuthClient).account
  yield* account.requestPasswordReset({ payload: { email } })
  return `A mail is on its way to ${printable(email)}, if it has an account`
})

const setPassword = Effect.fnUntraced(function*(codeStdin: boolean) {
  const output = yield* Output
  const account = yield* (yield* AuthClient).account
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

export const accountResetPassword = Effect.fn("accountResetPassword")(function*({ codeStdin, email }: {
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
