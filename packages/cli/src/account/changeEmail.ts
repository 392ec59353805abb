import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { readsPassword, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { completeForm, emailField } from "../signIn/SignInForm.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { ownAccount } from "./OwnAccount.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("change-email")
    .description(withExamples(
      "Ask for a mail to a new address; its link or code makes it yours",
      "todo account change-email lovelace@example.com",
      "echo \"$PASSWORD\" | todo account change-email lovelace@example.com --password-stdin"
    ))
    .argument("[address]", "the new address")
    .option("--password-stdin", readsPassword)
    .action((address, { passwordStdin }) => dispatch({ address, passwordStdin: passwordStdin === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.changeEmail")(function*(input: {
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
