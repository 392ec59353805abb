import { Effect } from "effect"
import { completeForm, emailField } from "../signIn/SignInForm.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { ownAccount } from "./OwnAccount.ts"

export const accountChangeEmail = Effect.fn("accountChangeEmail")(function*(input: {
  readonly address: string | undefined
  readonly passwordStdin: boolean
}) {
  const output = yield* Output
  const { ask } = yield* ownAccount
  const { password, values: [address = ""] } = yield* completeForm([emailField(input.address, "<address>")], input)
  yield* ask((account) => account.changeEmail({ payload: { newEmail: address, password } }))
  yield* output.result({
    json: () => ({ mailTo: address }),
    quiet: () => [],
    human: () => [`A mail is on its way to ${printable(address)}`]
  })
  yield* output.note(
    "Nothing changes before its link is used, or its code with `todo account verify-email`."
  )
})
