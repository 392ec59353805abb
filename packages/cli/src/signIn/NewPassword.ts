import { passwordLength, passwordLimits } from "@todo/domain/auth/Password"
import { Effect } from "effect"
import { askPassword, type Objection } from "../terminal/Prompt.ts"

/** The service has the same rule. */
const objectionToNewPassword: Objection = (text) => {
  const { max, min } = passwordLimits
  const length = passwordLength(text)
  return length >= min && length <= max ? undefined : `Expected a password of ${min} to ${max} characters`
}

/** Asks for a password to set, twice. */
export const askNewPassword = Effect.fn("askNewPassword")(function*(message: string) {
  const password = yield* askPassword(message, objectionToNewPassword)
  yield* askPassword(`${message}, once more`, (again) => again === password ? undefined : "They differ")
  return password
})
