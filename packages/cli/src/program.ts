import { addAccountCommands } from "./account/noun.ts"
import { version } from "./client/Version.ts"
import { type GlobalOptions, globalOptionsOf } from "./commandLine/GlobalOptions.ts"
import { addHelpCommand } from "./commandLine/help.ts"
import { withExamples } from "./commandLine/HelpText.ts"
import { TodoCommand } from "./commandLine/TodoCommand.ts"
import type { CommandInput, CommandName } from "./commands.ts"
import { addSessionsCommands } from "./sessions/noun.ts"
import { addSignInCommands } from "./signIn/noun.ts"
import { addTaskCommands } from "./tasks/noun.ts"
import { addTokenCommands } from "./tokens/noun.ts"

/** What happens with a command line that has been understood. */
export type Execute = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
  options: GlobalOptions
) => Promise<void>

/**
 * The tree of commands. It reads command lines and calls `execute`; it does
 * nothing by itself. It throws a `CommanderError` where it would exit, also
 * after `--help`.
 */
export const makeProgram = (execute: Execute) => {
  let options: GlobalOptions
  const run = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => execute(name, input, options)

  const program = new TodoCommand("todo")
    .exitOverride()
    // What stands after a command is the command's: the value of its option is no option of ours.
    .enablePositionalOptions()
    // The one who catches the error reports it.
    .configureOutput({ writeErr: () => {} })
    .description(withExamples(
      "Your tasks in the terminal and in CI.",
      "todo signup",
      "todo add Buy milk",
      "todo list",
      "todo done 7"
    ))
    .version(version, "-V, --version", "print the version")
    .hook("preAction", (_program, command) => {
      options = globalOptionsOf(command)
    })
    .action(() => run("home", {}))

  program.commandsGroup("Tasks:")
  addTaskCommands(program, run)

  program.commandsGroup("Account:")
  addSignInCommands(program, run)
  addAccountCommands(program, run)
  addSessionsCommands(program, run)

  program.commandsGroup("Scripts and help:")
  addTokenCommands(program, run)
  addHelpCommand(program)
  program.command("version")
    .description(withExamples("Print the version", "todo version", "todo version --json"))
    .action(() => {
      program.configureOutput().writeOut?.(`${options.json ? JSON.stringify({ version }) : version}\n`)
    })

  return program
}
