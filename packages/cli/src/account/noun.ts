import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as changeEmail from "./changeEmail.ts"
import * as changeName from "./changeName.ts"
import * as changePassword from "./changePassword.ts"
import * as deletion from "./delete.ts"
import * as resetPassword from "./resetPassword.ts"
import * as show from "./show.ts"
import * as verifyEmail from "./verifyEmail.ts"

/** `todo account`: a person's own account. */
export const account: Noun = {
  group: "Account:",
  command: (program) =>
    program.command("account").description(withExamples(
      "Show your account, change it, or delete it",
      "todo account",
      "todo account change-password",
      "todo account verify-email --send"
    )),
  verbs: { show, changeName, changePassword, changeEmail, verifyEmail, resetPassword, delete: deletion },
  alone: show
}
