import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { namesOf } from "./TodoCommand.ts"

/** All names of commands that stand after `todo`, as no alias may be called. */
export const commandNames = (command: CommandUnknownOpts): ReadonlyArray<string> =>
  command.parent === null ? command.commands.flatMap(namesOf) : commandNames(command.parent)
