import type { CommandInput, CommandName } from "../commands.ts"

/** What happens with a command line that has been understood. */
export type Run = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => Promise<void>
