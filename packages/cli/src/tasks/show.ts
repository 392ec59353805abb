import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Clock, Effect } from "effect"
import colors from "picocolors"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable, printableLines } from "../terminal/TerminalText.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { taskJson } from "./TaskOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples("Print tasks in full", "todo show 7", "todo show 0198c0de --json"))
    .argument("[ref...]", refs)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.show")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const { color, columns } = yield* Settings
  const output = yield* Output
  const now = yield* Clock.currentTimeMillis
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Which task?" })
  // Tasks come in several parts where one of them is not there.
  let shown = 0
  yield* forEachTask(named, Effect.succeed, (tasks) =>
    output.result({
      json: () => {
        const values = tasks.map((task) => taskJson(task))
        return named.length === 1 ? values[0] : values
      },
      quiet: () => tasks.map(({ number }) => String(number)),
      human: () => tasks.map((task) => `${shown++ === 0 ? "" : "\n"}${render(task, { color, columns, now })}`)
    }))
})

/** All that is known of a task; its description, if any, comes last. */
const render = (task: Task, style: TableStyle): string => {
  const { bold, dim } = colors.createColors(style.color)
  const field = (label: string, value: string) => `${dim(label.padEnd(9))}  ${value}`
  return [
    bold(`${task.number}  ${printable(task.title)}`),
    field("State", task.completed ? "done" : "open"),
    field("Created", renderMoment(task.createdAt, style)),
    field("Changed", renderMoment(task.updatedAt, style)),
    ...task.completedAt === null ? [] : [field("Completed", renderMoment(task.completedAt, style))],
    field("Id", task.id),
    ...task.description === null ? [] : ["", printableLines(task.description)]
  ].join("\n")
}
