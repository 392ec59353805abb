import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { rememberService } from "../client/LastService.ts"
import { readsPassword, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Failure } from "../failures/Failure.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { keepSession } from "./KeepSession.ts"
import { completeForm, emailField, nameField } from "./SignInForm.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("signup")
    .description(withExamples(
      "Make an account and sign in",
      "todo signup",
      "echo \"$PASSWORD\" | todo signup --name Ada --email ada@example.com --password-stdin"
    ))
    .option("--name <name>", "the name to greet you by")
    .option("--email <address>", "the address to sign in with")
    .option("--password-stdin", readsPassword)
    .action(({ email, name, passwordStdin }) => dispatch({ email, name, passwordStdin: passwordStdin === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("signIn.signup")(function*(input: {
  readonly name: string | undefined
  readonly email: string | undefined
  readonly passwordStdin: boolean
}) {
  // An account whose session is lost at once would have to be signed in to anyway.
  yield* (yield* Credentials).writable
  const { password, values: [name = "", email = ""] } = yield* completeForm([
    nameField(input.name),
    emailField(input.email)
  ], { passwordStdin: input.passwordStdin, isNew: true })
  const output = yield* Output
  const { auth } = yield* AuthClient
  const { token, user } = yield* auth.signUp({ payload: { name, email, password } })
  if (token !== null) {
    return yield* Effect.mapError(keepSession({ token, user }), (failure) =>
      new Failure({
        ...failure,
        message: `The account is made, but you are not signed in. ${failure.message}`,
        hints: [...failure.hints, "Then sign in with `todo login`."]
      }))
  }
  yield* rememberService
  // The id may be made up: whether the address had an account already only its owner learns, from the mail.
  yield* output.result({
    json: () => ({ user: { id: user.id, name: user.name, email: user.email }, signedIn: false }),
    quiet: () => [user.id],
    human: () => [`A mail is on its way to ${printable(email)}`]
  })
  yield* output.note(
    "Use its link, or its code with `todo account verify-email`. Then sign in with `todo login`."
  )
})
