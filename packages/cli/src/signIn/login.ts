import { Effect, Redacted } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { Settings } from "../Settings.ts"
import { deviceSignIn } from "./DeviceSignIn.ts"
import { ownerOf } from "./SessionOwner.ts"
import { keepSession } from "./SignedIn.ts"
import { completeForm, emailField } from "./SignInForm.ts"

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
  const auth = yield* (yield* AuthClient).auth
  yield* keepSession(yield* auth.signIn({ payload: { email, password } }))
})

export const login = Effect.fn("login")(function*({ browser, device, email, passwordStdin }: {
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
