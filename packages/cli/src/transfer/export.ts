import { type Command, Option } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { refuseFormats } from "../commandLine/GlobalOptions.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Output } from "../terminal/Output.ts"
import { exportedTo, type ExportFormat } from "./Exporting.ts"

const formats = ["csv", "todotxt", "taskwarrior"] as const

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("export")
    .description(withExamples(
      "Print all there is, for todo import or for other programs",
      "todo export --output backup.json",
      "todo export --csv > tasks.csv",
      "todo export --todotxt"
    ))
    .option("-o, --output <file>", "write a file, which nobody else may read, in the place of the one there is")
    .addOption(new Option("--csv", "tasks as a table").conflicts(["todotxt", "taskwarrior"]))
    .addOption(new Option("--todotxt", "tasks as todo.txt").conflicts(["csv", "taskwarrior"]))
    .addOption(new Option("--taskwarrior", "tasks as `task import` reads them").conflicts(["csv", "todotxt"]))
    .action(({ output, ...options }, command) => {
      const format = formats.find((format) => options[format] === true)
      if (output === undefined) refuseFormats(command, format)
      dispatch({ output, format: format ?? "todo" })
    })

export const hintsOnLostResult = []

export const run = Effect.fn("transfer.export")(function*({ format, output: file }: {
  readonly output: string | undefined
  readonly format: ExportFormat
}) {
  const output = yield* Output
  const { counts, notes } = yield* exportedTo(file, format)
  for (const note of notes) yield* output.note(note)
  if (file === undefined) return
  yield* output.result({
    json: () => ({ file, format, counts }),
    quiet: () => [file],
    human: () => [`Exported ${counts.tasks} tasks and ${counts.projects} projects to ${file}`]
  })
})
