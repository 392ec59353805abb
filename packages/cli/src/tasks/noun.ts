import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import type { Run } from "../commandLine/Run.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"

const positiveInteger = (text: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("Expected a whole number of at least 1.")
  }
  return value
}

/** The commands for tasks. A title or a ref that is missing is asked for on a terminal. */
export const addTaskCommands = (program: Command, run: Run): void => {
  program.command("add")
    .description(withExamples(
      "Add a task; - adds one for each line of stdin",
      "todo add Buy milk",
      "todo add \"Call Bob\" -d \"About the boat\"",
      "git log -1 --format=%b | todo add Review the last commit -d -",
      "todo add - < tasks.txt",
      "todo add -- --a title that starts with a dash",
      "todo add \"Deploy $VERSION\" --idempotency-key \"deploy-$VERSION\""
    ))
    .addArgument(new TextArgument("[title...]", "what is to be done; words are joined"))
    .option("-d, --description <text>", "more about it; - reads stdin")
    .option("--idempotency-key <key>", "run again with the same key, it adds no second task")
    .action((title, { description, idempotencyKey }, command) => {
      const text = title.length === 0 ? undefined : title.join(" ")
      if (title[0] === "-" && title.length > 1) {
        return command.error(
          "- stands alone, for the lines of stdin; a title that starts with it is one argument: -- \"- x\""
        )
      }
      if (text !== "-") return run("add", { title: text, description, idempotencyKey })
      return description === undefined
        ? run("addLines", { idempotencyKey })
        : command.error("option '-d, --description <text>' goes with one task, and - adds one for each line of stdin")
    })

  program.command("list").alias("ls")
    .description(withExamples(
      "List tasks, newest first: those that are open",
      "todo list",
      "todo ls --all --limit 20",
      "todo list --json | jq -r '.[].title'",
      "todo list | cut -f 3"
    ))
    .addOption(new Option("-a, --all", "open and done").conflicts("done"))
    .option("--done", "only what is done")
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .action(({ all, done, limit }) => run("list", { state: all ? "all" : done ? "done" : "open", limit }))

  program.command("show")
    .description(withExamples("Print tasks in full", "todo show 7", "todo show 0198c0de --json"))
    .argument("[ref...]", refs)
    .action((refs) => run("show", { refs }))

  program.command("done")
    .description(withExamples("Mark tasks done", "todo done 7", "todo done 7 8 9"))
    .argument("[ref...]", refs)
    .action((refs) => run("done", { refs }))

  program.command("reopen")
    .description(withExamples("Mark tasks open again", "todo reopen 7"))
    .argument("[ref...]", refs)
    .action((refs) => run("reopen", { refs }))

  const edit = program.command("edit")
    .description(withExamples(
      "Change tasks: by options, or in your editor",
      "todo edit 7",
      "todo edit 7 --title \"Buy oat milk\"",
      "todo edit 7 --no-description"
    ))
    .argument("[ref...]", refs)
    .option("-t, --title <title>", "the new title")
    .option("-d, --description <text>", "the new description; - reads stdin")
    .option("--no-description", "remove the description")
    .action((refs, { description, title }) => {
      if (named.size > 1) {
        return edit.error("option '-d, --description <text>' cannot be used with option '--no-description'", {
          code: "commander.conflictingOption"
        })
      }
      return run("edit", {
        refs,
        title,
        description: typeof description === "boolean" ? description ? undefined : null : description
      })
    })
  // Both are one option to commander, and the last of them counts.
  const named = new Set<string>()
  for (const option of ["description", "no-description"]) edit.on(`option:${option}`, () => named.add(option))

  program.command("rm")
    .description(withExamples("Delete tasks for good; asks first on a terminal", "todo rm 7", "todo rm --yes 7 8"))
    .argument("[ref...]", refs)
    .option("-y, --yes", "do not ask")
    .action((refs, { yes }) => run("rm", { refs, yes: yes === true }))
}
