import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("reopen")
    .description(withExamples("Mark tasks open again", "todo reopen 7"))
    .argument("[ref...]", refs)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .action((refs, { dryRun, filter }) => dispatch({ refs, filter, dryRun }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.reopen")(function*(
  { dryRun, filter, refs }: Selection & { readonly refs: ReadonlyArray<string> }
) {
  const { tasks } = yield* ApiClient
  const named = yield* namedOrPickedTask(refs, { filter, state: "done", question: "Which task is open again?" })
  if (dryRun === true) return yield* wouldBe("Would be reopened", named)
  const payload = { completed: false }
  yield* forEachTaskAtOnce(named.refs, {
    resolve: yield* makeTaskResolver,
    single: ({ id }) => Effect.map(tasks.update({ params: { id }, headers: {}, payload }), ({ body }) => body),
    operation: ({ id }) => ({ op: "task.update", id, body: payload }),
    finish: printTasks("Reopened", named.isOne)
  })
})
