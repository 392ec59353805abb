import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings"
import { topics, withExamples } from "./HelpText.ts"
import { findCommand } from "./TodoCommand.ts"

/** The end of a description, where there are topics besides commands. */
const aboutTopics = Object.keys(topics).join(", ")

/** `todo help`, which knows every command and, at the top, some topics; a word that it does not know is refused. */
export const addHelpCommand = (parent: Command): void => {
  const isTop = parent.parent === null
  const path = isTop ? "todo help" : `todo ${parent.name()} help`
  const [some] = parent.commands
  parent.command("help")
    .description(withExamples(
      `Help for a command${isTop ? `, ${aboutTopics}` : ""}`,
      ...isTop
        ? ["todo help add", "todo help sessions end", "todo help environment"]
        : [`${path} ${some?.name() ?? ""}`.trim()]
    ))
    .argument("[command...]", `which command${isTop ? `; or ${aboutTopics}` : ""}`)
    .action((words) => {
      const topic = isTop && words.length === 1 ? topics[words[0] ?? ""] : undefined
      if (topic === undefined) printHelp(findCommand(parent, words))
      else parent.configureOutput().writeOut?.(topic)
    })
}

const printHelp = (command: CommandUnknownOpts): void => command.outputHelp()
