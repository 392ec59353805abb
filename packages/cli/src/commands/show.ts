import type { Task } from "@todo/domain/tasks/Task"
import { DateTime, Effect } from "effect"
import colors from "picocolors"
import { forEachTask } from "../ForEachTask.ts"
import { Output } from "../Output.ts"
import { Settings } from "../Settings.ts"
import { taskJson } from "../TaskOutput.ts"
import { printable, printableLines } from "../TerminalText.ts"

/** All that is known of a task; its description, if any, comes last. */
const render = (task: Task, color: boolean): string => {
  const { bold, dim } = colors.createColors(color)
  const field = (label: string, value: string) => `${dim(label.padEnd(9))}  ${value}`
  const time = DateTime.formatIso
  return [
    bold(`${task.number}  ${printable(task.title)}`),
    field("State", task.completed ? "done" : "open"),
    field("Created", time(task.createdAt)),
    field("Changed", time(task.updatedAt)),
    ...task.completedAt === null ? [] : [field("Completed", time(task.completedAt))],
    field("Id", task.id),
    ...task.description === null ? [] : ["", printableLines(task.description)]
  ].join("\n")
}

export const show = Effect.fn("show")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const { color } = yield* Settings
  const output = yield* Output
  yield* forEachTask(refs, Effect.succeed, (tasks) =>
    output.result({
      json: () => {
        const values = tasks.map((task) => taskJson(task))
        return refs.length === 1 ? values[0] : values
      },
      quiet: () => tasks.map(({ number }) => String(number)),
      human: () => tasks.map((task, index) => `${index === 0 ? "" : "\n"}${render(task, color)}`)
    }))
})
