import { type Command, Option as CommandOption } from "@commander-js/extra-typings"
import { Effect, Option } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { AuthClient, SessionToken } from "../client/AuthClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { accepted, objectionToAddress } from "../signIn/AccountInput.ts"
import { Output } from "../terminal/Output.ts"
import { askPassword } from "../terminal/Prompt.ts"
import { readLine } from "../terminal/StandardInput.ts"
import { printable } from "../terminal/TerminalText.ts"
import { unasked } from "../terminal/Unasked.ts"
import { currentSession } from "./OwnAccount.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("verify-email")
    .description(withExamples(
      "Confirm your address, or a new one, with the code of a mail",
      "todo account verify-email --send",
      "todo account verify-email",
      "echo \"$CODE\" | todo account verify-email --code-stdin"
    ))
    .addOption(new CommandOption("--send", "ask for a mail, again").conflicts("codeStdin"))
    .option("--email <address>", "where --send sends it, when you are not signed in")
    .option("--code-stdin", "read the code from the first line of stdin")
    .action(({ codeStdin, email, send }) => dispatch({ send: send === true, email, codeStdin: codeStdin === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.verifyEmail")(function*({ codeStdin, email, send: asksForMail }: {
  readonly send: boolean
  readonly email: string | undefined
  readonly codeStdin: boolean
}) {
  if (asksForMail) return yield* send(email)
  if (email !== undefined) return yield* usage("--email goes with --send: a code says whose it is")
  return yield* confirm(codeStdin)
})

/** Whose address it is: the one named, or that of who is signed in. */
const addressOf = Effect.fnUntraced(function*(email: string | undefined) {
  if (email !== undefined) return yield* accepted("--email", email, objectionToAddress)
  const { users } = yield* ApiClient
  return (yield* users.me()).email
})

const send = Effect.fnUntraced(function*(email: string | undefined) {
  const output = yield* Output
  const address = yield* addressOf(email)
  const { account } = yield* AuthClient
  yield* account.requestVerification({ payload: { email: address } })
  yield* output.result({
    json: () => ({ mailTo: address }),
    quiet: () => [],
    human: () => [`A mail is on its way to ${printable(address)}, unless it is confirmed already`]
  })
  yield* output.note("Use its link, or its code with `todo account verify-email`.")
})

const readCode = Effect.fnUntraced(function*(codeStdin: boolean) {
  const { interactive } = yield* Settings
  if (!codeStdin && !interactive) {
    return yield* unasked("Missing --code-stdin, or --send")
  }
  const code = codeStdin ? (yield* readLine).trim() : yield* askPassword("Code of the mail")
  return code === "" ? yield* usage("The code on stdin is empty") : code
})

/** The code may have been one for a new address: what is stored of the user follows, if it is the user's. */
const refreshEntry = Effect.gen(function*() {
  const { token } = yield* Settings
  const credentials = yield* Credentials
  const entry = yield* credentials.get
  if (token !== undefined || entry === undefined) return
  const { users } = yield* ApiClient
  const { email, name } = yield* users.me()
  yield* credentials.update((latest) =>
    latest?.sessionToken === entry.sessionToken ? { ...latest, user: { ...latest.user, name, email } } : latest
  )
})

const confirm = Effect.fnUntraced(function*(codeStdin: boolean) {
  const { account } = yield* AuthClient
  const token = yield* readCode(codeStdin)
  // A new address signs out everywhere but in the session that confirms it.
  const session = Option.getOrUndefined(yield* Effect.option(currentSession))
  yield* account.verifyEmail({ payload: { token } }).pipe(Effect.provideService(SessionToken, session))
  yield* storedAfterwards(refreshEntry)
  yield* (yield* Output).result({
    json: () => ({ emailVerified: true }),
    quiet: () => [],
    human: () => ["The address is confirmed"]
  })
})
