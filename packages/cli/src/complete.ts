import { commands } from "./commands.ts"
import { type Asked, completed } from "./completion/Answer.ts"

/** Answers the script of a shell. */
export const complete = (asked: Omit<Asked, "commands">): string => completed({ ...asked, commands })
