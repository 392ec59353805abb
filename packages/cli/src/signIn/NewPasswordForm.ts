import { Effect } from "effect"
import { type Failure, usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { askPassword } from "../terminal/Prompt.ts"
import { readLines } from "../terminal/StandardInput.ts"
import { unasked } from "../terminal/Unasked.ts"
import { askNewPassword } from "./NewPassword.ts"

/** What allows somebody to set a password. */
interface Proof {
  readonly label: string
  /** The option that has it read from stdin. */
  readonly option: string
  readonly stdin: boolean
}

/**
 * A secret, and the password that it allows to set: two lines of stdin, or
 * asked of a person. Without either it is a usage error (exit code 2).
 */
export const newPasswordForm = Effect.fn("newPasswordForm")(function*(
  { label, option, stdin }: Proof
): Effect.fn.Return<{ readonly proof: string; readonly newPassword: string }, Failure, Settings> {
  const { interactive } = yield* Settings
  if (stdin) {
    const [proof = "", newPassword = ""] = yield* readLines(2)
    if (proof === "" || newPassword === "") {
      return yield* usage(`${option} takes two lines on stdin: the ${label.toLowerCase()}, and the new password`)
    }
    return { proof, newPassword }
  }
  if (!interactive) return yield* unasked(`Missing ${option}`)
  return { proof: yield* askPassword(label), newPassword: yield* askNewPassword("New password") }
})
