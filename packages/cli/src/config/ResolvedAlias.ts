import { configDirectoryOf } from "../client/ConfigDirectory.ts"
import { CommandLineError } from "../commandLine/TodoCommand.ts"
import { withoutAlias } from "./Aliases.ts"
import { ConfigProblem, readConfig } from "./ConfigFile.ts"

/** A command line with what an alias of this machine stands for in its place. Throws a `CommandLineError` where that cannot be read. */
export const resolveAlias = (
  args: ReadonlyArray<string>,
  commands: ReadonlyArray<string>,
  env: Readonly<Record<string, string | undefined>>
): ReadonlyArray<string> => {
  try {
    return withoutAlias(args, commands, readConfig(configDirectoryOf(env)))
  } catch (error) {
    if (!(error instanceof ConfigProblem)) return args
    throw new CommandLineError("todo.config", error.message, error.hints)
  }
}
