import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as changeEmail from "./changeEmail.ts"
import * as changeName from "./changeName.ts"
import * as changePassword from "./changePassword.ts"
import * as deletion from "./delete.ts"
import * as list from "./list.ts"
import * as resetPassword from "./resetPassword.ts"
import * as show from "./show.ts"
import * as use from "./use.ts"
import * as verifyEmail from "./verifyEmail.ts"

/** `todo account`: a person's own account, and which of several is in use. */
export const account: Noun = {
  group: "Account:",
  command: (program) =>
    program.command("account").description(withExamples(
      "Show your account, change it, or use another",
      "todo account",
      "todo account use ada@example.com",
      "todo account change-password",
      "todo account verify-email --send"
    )),
  verbs: { show, list, use, changeName, changePassword, changeEmail, verifyEmail, resetPassword, delete: deletion },
  alone: show
}
