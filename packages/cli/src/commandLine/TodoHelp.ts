import { type Argument, type CommandUnknownOpts, Help, type Option } from "@commander-js/extra-typings"
import { globalOptions } from "./GlobalOptions.ts"

const globalFlags: ReadonlySet<string> = new Set(globalOptions.map(({ flags }) => flags))

/** A heading and what is below it. */
type Section = readonly [heading: string, items: ReadonlyArray<string>]

/**
 * What `--help` prints: what the command does, examples of it, its usage, then its parts. The options that every command
 * takes come last.
 */
export class TodoHelp extends Help {
  /** What a description has beside the names at the least, so that it is wrapped at words: on a terminal of 60 columns, too. */
  override minWidthToWrap = 24

  /** Names alone: what a command takes stands in its own help. */
  override subcommandTerm(command: CommandUnknownOpts): string {
    return [command.name(), ...command.aliases()].join(", ")
  }

  /** The first line of the description; the others are examples. */
  override subcommandDescription(command: CommandUnknownOpts): string {
    return command.description().split("\n")[0] ?? ""
  }

  override formatHelp(command: CommandUnknownOpts, helper: Help): string {
    const width = helper.padWidth(command, helper)
    const item = (term: string, description: string) => helper.formatItem(term, width, description, helper)
    const argumentItem = (argument: Argument) =>
      item(helper.argumentTerm(argument), helper.argumentDescription(argument))
    const optionItem = (option: Option) => item(helper.optionTerm(option), helper.optionDescription(option))
    const commandItem = (one: CommandUnknownOpts) => item(helper.subcommandTerm(one), helper.subcommandDescription(one))

    const commands = helper.visibleCommands(command)
    const groups = [...new Set(commands.map((one) => one.helpGroup() || "Commands:"))]
    const options = helper.visibleOptions(command)
    const isGlobal = ({ flags }: Option) => command.parent !== null && globalFlags.has(flags)

    const sections: ReadonlyArray<Section> = [
      ["Arguments:", helper.visibleArguments(command).map(argumentItem)],
      ...groups.map((group): Section => [
        group,
        commands.filter((one) => (one.helpGroup() || "Commands:") === group).map(commandItem)
      ]),
      ["Options:", options.filter((option) => !isGlobal(option)).map(optionItem)],
      ["Global options:", options.filter(isGlobal).map(optionItem)]
    ]
    const parts = [
      helper.commandDescription(command),
      `Usage: ${helper.commandUsage(command)}`,
      ...sections.filter(([, items]) => items.length > 0).map(([heading, items]) => [heading, ...items].join("\n"))
    ]
    return `${parts.join("\n\n")}\n`
  }
}
