import { type Command, Option } from "@commander-js/extra-typings"
import { Effect, Redacted } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { readsPassword, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { deviceSignIn } from "./DeviceSignIn.ts"
import { keepSession } from "./KeepSession.ts"
import { ownerOf } from "./SessionOwner.ts"
import { completeForm, emailField } from "./SignInForm.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("login")
    .description(withExamples(
      "Sign in: with your browser, or by --email",
      "todo login",
      "todo login --email ada@example.com",
      "echo \"$PASSWORD\" | todo login --email ada@example.com --password-stdin",
      "todo login --device --json"
    ))
    .option("--email <address>", "the address you signed up with")
    .option("--password-stdin", readsPassword)
    .addOption(
      new Option("--device", "print the address of a page to approve on, also without a terminal")
        .conflicts(["email", "passwordStdin"])
    )
    .option("--no-browser", "do not open the page, only print its address")
    .action(({ browser, device, email, passwordStdin }) =>
      dispatch({ browser, device: device === true, email, passwordStdin: passwordStdin === true })
    )

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("signIn.login")(function*({ browser, device, email, passwordStdin }: {
  readonly email: string | undefined
  readonly passwordStdin: boolean
  readonly device: boolean
  readonly browser: boolean
}) {
  const { interactive } = yield* Settings
  yield* (yield* Credentials).writable
  const isBare = email === undefined && !passwordStdin
  return yield* device || isBare && interactive ? withBrowser({ browser }) : withPassword({ email, passwordStdin })
})

const withBrowser = Effect.fnUntraced(function*(options: { readonly browser: boolean }) {
  const session = yield* deviceSignIn(options)
  yield* keepSession({ token: Redacted.value(session), user: yield* ownerOf(session) })
})

const withPassword = Effect.fnUntraced(function*(options: {
  readonly email: string | undefined
  readonly passwordStdin: boolean
}) {
  const { password, values: [email = ""] } = yield* completeForm([emailField(options.email)], {
    passwordStdin: options.passwordStdin,
    otherwise: ["`todo login --device` needs neither: it prints the address of a page to approve on."]
  })
  const { auth } = yield* AuthClient
  yield* keepSession(yield* auth.signIn({ payload: { email, password } }))
})
