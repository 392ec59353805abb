import {
  Argument,
  Command,
  CommanderError,
  type CommandUnknownOpts,
  type ErrorOptions
} from "@commander-js/extra-typings"
import { ExitCode } from "../failures/ExitCode.ts"
import { globalOptions } from "./GlobalOptions.ts"
import { suggestion } from "./Suggestion.ts"
import { TodoHelp } from "./TodoHelp.ts"

/** A command line that cannot be understood, and what may help. */
export class CommandLineError extends CommanderError {
  readonly hints: ReadonlyArray<string>
  constructor(code: string, message: string, hints: ReadonlyArray<string>) {
    super(ExitCode.usage, code, message)
    this.hints = hints
  }
}

/** An argument that is text of a person's own, and so may begin with a dash. */
export class TextArgument<Usage extends string> extends Argument<Usage> {}

/** The words after `todo` that name a command. */
const wordsOf = (command: CommandUnknownOpts): ReadonlyArray<string> =>
  command.parent === null ? [] : [...wordsOf(command.parent), command.name()]

/** All names that a command goes by. */
export const namesOf = (command: CommandUnknownOpts): ReadonlyArray<string> => [command.name(), ...command.aliases()]

const takes = (command: CommandUnknownOpts, flag: string): boolean =>
  command.options.some(({ long, short }) => flag === long || flag === short)

/** Whether there is a command where another is missing or unknown; an option may be what it does not know. */
const wantsAnother = (code: string): boolean =>
  code === "commander.excessArguments" || code === "commander.unknownOption"

/** A command that takes the options of all commands, and says of what it does not understand what may help. */
export class TodoCommand extends Command {
  constructor(name?: string) {
    super(name)
    this.helpOption("-h, --help", "print help").helpCommand(false).showSuggestionAfterError(false)
  }

  override createCommand(name?: string): TodoCommand {
    return new TodoCommand(name)
  }

  private hasGlobalOptions = false

  /** One command in a hundred is asked for, and the options of all commands are most of what they have. */
  private addGlobalOptions(): void {
    if (this.hasGlobalOptions) return
    this.hasGlobalOptions = true
    for (const option of globalOptions) this.addOption(option)
  }

  override parseOptions(args: Array<string>) {
    this.addGlobalOptions()
    return super.parseOptions(args)
  }

  override createHelp(): TodoHelp {
    this.addGlobalOptions()
    return Object.assign(new TodoHelp(), this.configureHelp())
  }

  override error(message: string, { code = "commander.error" }: ErrorOptions = {}): never {
    const [word] = this.args
    if (this.commands.length > 0 && word !== undefined && !word.startsWith("-") && wantsAnother(code)) {
      return unknownCommand(this, word)
    }
    const text = message.replace(/^error: /, "")
    const [, option] = /^unknown option '(.*)'$/.exec(text) ?? []
    throw new CommandLineError(code, text, option === undefined ? [] : this.hintsOnOption(option))
  }

  private hintsOnOption(option: string): ReadonlyArray<string> {
    const known = this.createHelp().visibleOptions(this).flatMap(({ long }) => long ?? [])
    const lister = this.commands.find((command) => command.name() === "list" && takes(command, option))
    if (lister !== undefined) return [`(Did you mean \`todo ${wordsOf(lister).join(" ")} ${option}\`?)`]
    const text = this.registeredArguments.some((argument) => argument instanceof TextArgument)
    return [
      ...option.startsWith("--") ? [suggestion(option, known) ?? []].flat() : [],
      ...text ? ["Write -- before text that starts with a dash."] : []
    ]
  }
}

/** Refuses a word that is no command of this one. */
export const unknownCommand = (command: CommandUnknownOpts, word: string): never => {
  const known = command.createHelp().visibleCommands(command).flatMap(namesOf)
  const words = wordsOf(command).join(" ")
  throw new CommandLineError("commander.unknownCommand", `unknown command '${word}'`, [
    known.length === 0
      ? `\`todo ${words}\` has no commands of its own; \`todo help\` lists what there is.`
      : suggestion(word, known) ?? `\`${`todo help ${words}`.trim()}\` lists what there is.`
  ])
}

/** The command that words name, from this one on. */
export const findCommand = (from: CommandUnknownOpts, words: ReadonlyArray<string>): CommandUnknownOpts =>
  words.reduce(
    (command, word) =>
      command.commands.find((candidate) => namesOf(candidate).includes(word)) ?? unknownCommand(command, word),
    from
  )
