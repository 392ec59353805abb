import { isName, maxNameLength } from "@todo/domain/auth/DisplayName"
import { isAddress, maxAddressLength } from "@todo/domain/auth/EmailAddress"
import { Effect } from "effect"
import { type Failure, invalidInput } from "../failures/Failure.ts"
import type { Objection } from "../terminal/Prompt.ts"

/** The service has the same rules, so that what is typed is refused at once and not after the last question. */
export const objectionToAddress: Objection = (text) =>
  text.length <= maxAddressLength && isAddress(text) ? undefined : "Expected an address such as ada@example.com"

export const objectionToName: Objection = (text) =>
  isName(text) ? undefined : `Expected a name of 1 to ${maxNameLength} characters, on one line`

/** What an option or an argument gives, if nothing is wrong with it; else it is invalid input (exit code 2). */
export const accepted = (name: string, text: string, objection: Objection): Effect.Effect<string, Failure> => {
  const wrong = objection(text)
  return wrong === undefined ? Effect.succeed(text) : Effect.fail(invalidInput(`${name}: ${wrong}`))
}
