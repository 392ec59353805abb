import { Effect } from "effect"
import { AuthClient } from "../AuthClient.ts"
import { keepSession } from "../SignedIn.ts"
import { completeForm } from "../SignInForm.ts"

export const login = Effect.fn("login")(function*(input: {
  readonly email: string | undefined
  readonly passwordStdin: boolean
}) {
  const { password, values: [email = ""] } = yield* completeForm([
    { label: "Email", option: "--email", value: input.email }
  ], { passwordStdin: input.passwordStdin, repeat: false })
  const auth = yield* (yield* AuthClient).auth
  yield* keepSession(yield* auth.signIn({ payload: { email, password } }))
})
