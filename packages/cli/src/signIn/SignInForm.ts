import { Effect } from "effect"
import { type Failure, usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { askPassword, askText, type Objection } from "../terminal/Prompt.ts"
import { readLine } from "../terminal/StandardInput.ts"
import { unasked } from "../terminal/Unasked.ts"
import { accepted, objectionToAddress, objectionToName } from "./AccountInput.ts"
import { askNewPassword } from "./NewPassword.ts"

/** One thing that must be known before a request can be sent. */
interface Field {
  readonly label: string
  /** The option that gives it. */
  readonly option: string
  readonly value: string | undefined
  readonly objection: Objection
}

export const nameField = (value: string | undefined): Field => ({
  label: "Name",
  option: "--name",
  value,
  objection: objectionToName
})

export const emailField = (value: string | undefined, option = "--email"): Field => ({
  label: "Email",
  option,
  value,
  objection: objectionToAddress
})

/** Takes from a person what the options do not say; without one, what is missing is a usage error (exit code 2). */
export const completeForm = Effect.fn("completeForm")(function*(
  fields: ReadonlyArray<Field>,
  { isNew = false, otherwise = [], passwordStdin }: {
    readonly passwordStdin: boolean
    /** Whether the password is one to set. */
    readonly isNew?: boolean
    /** What else there is to do without a terminal. */
    readonly otherwise?: ReadonlyArray<string>
  }
): Effect.fn.Return<{ readonly values: ReadonlyArray<string>; readonly password: string }, Failure, Settings> {
  const { interactive } = yield* Settings
  // What was given is looked at before anything else is asked for.
  for (const { objection, option, value } of fields) if (value !== undefined) yield* accepted(option, value, objection)
  const missing = [
    ...fields.filter(({ value }) => value === undefined).map(({ option }) => option),
    ...passwordStdin ? [] : ["--password-stdin"]
  ]
  if (missing.length > 0 && !interactive) {
    return yield* unasked(`Missing ${missing.join(", ")}`, ...otherwise)
  }
  const values = yield* Effect.forEach(
    fields,
    ({ label, objection, value }) => value === undefined ? askText(label, objection) : Effect.succeed(value)
  )
  const password = passwordStdin ? yield* readLine : yield* (isNew ? askNewPassword : askPassword)("Password")
  if (password === "") return yield* usage("The password on stdin is empty")
  return { values, password }
})
