import { version } from "./client/Version.ts"
import { globalOptionsOf } from "./commandLine/GlobalOptions.ts"
import { addHelpCommand } from "./commandLine/HelpCommand.ts"
import { withExamples } from "./commandLine/HelpText.ts"
import { addNoun } from "./commandLine/Noun.ts"
import { TodoCommand } from "./commandLine/TodoCommand.ts"
import { nouns } from "./nouns.ts"
import type { GlobalOptions } from "./Settings.ts"

/** What happens with a command line that has been understood; the verb's name is as in `tasks.add`. */
export type Execute = (verb: string, input: unknown, options: GlobalOptions) => Promise<void>

/**
 * The tree of commands. It reads command lines and calls `execute`; it does
 * nothing by itself. It throws a `CommanderError` where it would exit, also
 * after `--help`.
 */
export const makeProgram = (execute: Execute) => {
  let options: GlobalOptions

  const program = new TodoCommand("todo")
    .exitOverride()
    // What stands after a command is the command's: the value of its option is no option of ours.
    .enablePositionalOptions()
    // The one who catches the error reports it.
    .configureOutput({ writeErr: () => {} })
    .description(withExamples(
      "Your tasks in the terminal and in CI.",
      "todo signup",
      "todo add Pay the rent --due fri",
      "todo done 7"
    ))
    .version(version, "-V, --version", "print the version")
    .hook("preAction", (_program, command) => {
      options = globalOptionsOf(command)
    })

  for (const [name, noun] of Object.entries(nouns)) {
    addNoun(program, noun, (verb, input) => execute(`${name}.${verb}`, input, options))
  }

  program.commandsGroup("Scripts and help:")
  addHelpCommand(program)
  program.command("version")
    .description(withExamples("Print the version", "todo version", "todo version --json"))
    .action(() => {
      program.configureOutput().writeOut?.(`${options.json ? JSON.stringify({ version }) : version}\n`)
    })

  return program
}
