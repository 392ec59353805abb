import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { headline } from "./TaskOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples(
      "Move tasks to the trash for 30 days; asks on a terminal",
      "todo rm 7",
      "todo rm --yes 7 8"
    ))
    .argument("[ref...]", refs)
    .option("-y, --yes", "do not ask")
    .action((refs, { yes }) => dispatch({ refs, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.rm")(function*({ refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const tasks = yield* (yield* ApiClient).tasks
  const output = yield* Output
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Delete which task?" })
  yield* forEachTask(
    named,
    (task) => Effect.as(tasks.remove({ params: { id: task.id }, query: {}, headers: {} }), task),
    (deleted) =>
      output.result({
        json: () => ({ deleted: deleted.map(({ id, number }) => ({ id, number })) }),
        quiet: () => deleted.map(({ number }) => String(number)),
        human: () => deleted.map((task) => headline("Deleted", task))
      }),
    yield* agreement<Task>({ yes, verb: "Delete", things: "tasks", headline })
  )
})
