import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings"
import { namesOf } from "../commandLine/TodoCommand.ts"

/** The value of an option, or an argument. */
export interface CompletedValue {
  /** The name that it has in the help: `<project>` of `--project <project>`. */
  readonly name: string
  /** What it may be alone. */
  readonly choices?: ReadonlyArray<string> | undefined
  readonly isArgument: boolean
  /** Whether there may be several. */
  readonly isVariadic: boolean
}

/** An option; one that is not shown may be given all the same. */
export interface CompletedOption {
  readonly flags: ReadonlyArray<string>
  readonly about: string
  readonly isShown: boolean
  /** Absent where it takes none. */
  readonly value?: CompletedValue | undefined
}

/** What completion knows of a command, which is data: so commander need not be loaded. */
export interface CompletedCommand {
  /** Its name, and other names of it. */
  readonly names: readonly [string, ...ReadonlyArray<string>]
  /** The words after `todo` that name it. */
  readonly path: string
  readonly about: string
  readonly isShown: boolean
  readonly commands: ReadonlyArray<CompletedCommand>
  readonly options: ReadonlyArray<CompletedOption>
  readonly arguments: ReadonlyArray<CompletedValue>
}

const firstLine = (text: string): string => text.split("\n")[0] ?? ""

const argumentOf = (argument: Argument): CompletedValue => ({
  name: argument.name(),
  choices: argument.argChoices,
  isArgument: true,
  isVariadic: argument.variadic
})

const valueOf = ({ argChoices, flags, variadic }: Option): CompletedValue => ({
  name: /[<[]([^>\].]+)/.exec(flags)?.[1] ?? "",
  choices: argChoices,
  isArgument: false,
  isVariadic: variadic
})

const optionOf = (option: Option, isShown: boolean): CompletedOption => ({
  flags: [option.long, option.short].filter((flag) => flag !== undefined),
  about: firstLine(option.description),
  isShown,
  value: option.required ? valueOf(option) : undefined
})

/** A command and those below it. */
export const treeOf = (command: CommandUnknownOpts, path = "", isShown = true): CompletedCommand => {
  const help = command.createHelp()
  const [options, commands] = [help.visibleOptions(command), help.visibleCommands(command)]
  const [name = "", ...aliases] = namesOf(command)
  return {
    names: [name, ...aliases],
    path,
    about: firstLine(command.description()),
    isShown,
    commands: command.commands.map((below) =>
      treeOf(below, `${path} ${below.name()}`.trim(), commands.includes(below))
    ),
    options: [
      ...options.map((option) => optionOf(option, option.long !== undefined)),
      ...command.options.filter((option) => !options.includes(option)).map((option) => optionOf(option, false))
    ],
    arguments: command.registeredArguments.map(argumentOf)
  }
}
