import type { Command } from "@commander-js/extra-typings"
import { addHelpCommand } from "./HelpCommand.ts"
import { CommandLineError } from "./TodoCommand.ts"
import type { Verb } from "./Verb.ts"

/** Things that commands are about, and what can be done with them. */
export interface Noun {
  /** The heading in the list of all commands. */
  readonly group: string
  /** Makes the command that its verbs stand below; those of a noun without one stand at the top. */
  readonly command?: (program: Command) => Command
  readonly verbs: Readonly<Record<string, Verb>>
  /** The one of them that the noun alone stands for. */
  readonly alone?: Verb & { readonly run: (input: {}) => unknown }
}

/** Adds the commands of a noun; `dispatch` gets the name of the verb that was asked for, and its input. */
export const addNoun = (
  program: Command,
  { alone, command, group, verbs }: Noun,
  dispatch: (verb: string, input: unknown) => Promise<void>
): void => {
  program.commandsGroup(group)
  const parent = command?.(program) ?? program
  for (const [name, verb] of Object.entries(verbs)) {
    verb.command(parent, (input) => dispatch(name, input))
    if (verb === alone) parent.action(() => dispatch(name, {}))
  }
  if (parent === program) return
  if (alone === undefined) {
    parent.action(() => {
      throw new CommandLineError("commander.help", "No command given", [`See \`todo help ${parent.name()}\`.`])
    })
  }
  addHelpCommand(parent)
}
