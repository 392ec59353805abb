import { Effect } from "effect"
import { AuthClient } from "../AuthClient.ts"
import { keepSession } from "../SignedIn.ts"
import { completeForm } from "../SignInForm.ts"

export const signup = Effect.fn("signup")(function*(input: {
  readonly name: string | undefined
  readonly email: string | undefined
  readonly passwordStdin: boolean
}) {
  const { password, values: [name = "", email = ""] } = yield* completeForm([
    { label: "Name", option: "--name", value: input.name },
    { label: "Email", option: "--email", value: input.email }
  ], { passwordStdin: input.passwordStdin, repeat: true })
  const auth = yield* (yield* AuthClient).auth
  yield* keepSession(yield* auth.signUp({ payload: { name, email, password } }))
})
