import type { CommandName } from "../commands.ts"

/** Commands that have changed something when they print their result, and whose result tells nothing else. */
const changes: ReadonlySet<CommandName> = new Set([
  "accountChangeEmail",
  "accountChangeName",
  "accountChangePassword",
  "accountDelete",
  "accountResetPassword",
  "accountVerifyEmail",
  "add",
  "addLines",
  "done",
  "edit",
  "login",
  "logout",
  "reopen",
  "rm",
  "sessionsEnd",
  "sessionsEndOthers",
  "signup",
  "tokenRevoke"
])

/** What to know when the result of a command cannot be written; nothing where nobody is the worse for it. */
export const hintsOnLostResult = (command: CommandName | undefined): ReadonlyArray<string> => {
  if (command === undefined) return []
  // Nobody has its secret, and nothing shows it again.
  if (command === "tokenCreate") {
    return ["The token was made, and its secret is lost: end it with `todo token revoke`, and make another."]
  }
  return changes.has(command) ? ["What the command does has been done."] : []
}
