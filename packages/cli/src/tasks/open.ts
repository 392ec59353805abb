import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { openInBrowser } from "../terminal/Browser.ts"
import { Output } from "../terminal/Output.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("open")
    .description(withExamples(
      "Print the address of tasks, or open it in your browser",
      "todo open 7",
      "todo open 7 --web"
    ))
    .argument("[ref...]", refs)
    .option("-w, --web", "open it in your browser")
    .action((refs, { web }) => dispatch({ refs, web: web === true }))

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.open")(function*({ refs, web }: {
  readonly refs: ReadonlyArray<string>
  readonly web: boolean
}) {
  const { apiUrl } = yield* Settings
  const output = yield* Output
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Open which task?" })
  const addressOf = ({ id }: Task) => `${apiUrl}/tasks/${id}`
  yield* forEachTask(
    named.refs,
    Effect.succeed,
    Effect.fnUntraced(function*(tasks: ReadonlyArray<Task>) {
      const addresses = tasks.map(addressOf)
      yield* output.result({
        json: () => {
          const values = tasks.map((task) => ({ id: task.id, number: task.number, address: addressOf(task) }))
          return named.isOne ? values[0] : values
        },
        quiet: () => addresses,
        human: () => addresses
      })
      if (!web) return
      const opened = yield* Effect.forEach(addresses, (address) => openInBrowser(new URL(address), process))
      if (opened.includes(false)) yield* output.note(noBrowser)
    })
  )
})

const noBrowser = "There is no browser here to open it with; BROWSER may name one."
