import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { nextWords } from "./NextWords.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("skip")
    .description(withExamples("Pass over the date that a repeating task is now", "todo skip 7"))
    .argument("[ref...]", refs)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .action((refs, { dryRun, filter }) => dispatch({ refs, filter, dryRun }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.skip")(function*(
  { dryRun, filter, refs }: Selection & { readonly refs: ReadonlyArray<string> }
) {
  const { completions } = yield* ApiClient
  const named = yield* namedOrPickedTask(refs, { filter, state: "open", question: "Skip a date of which task?" })
  if (dryRun === true) return yield* wouldBe("Would be skipped", named)
  // With the date that was seen: whoever is quicker elsewhere does not have it passed over twice.
  const payload = ({ occurrence }: Task) => occurrence === null ? {} : { occurrence }
  yield* forEachTaskAtOnce(named.refs, {
    resolve: yield* makeTaskResolver,
    single: (task) =>
      Effect.map(
        completions.skip({ params: { id: task.id }, headers: {}, payload: payload(task) }),
        ({ body }) => body
      ),
    operation: (task) => ({ op: "task.skip", id: task.id, body: payload(task) }),
    isReadAnew: () => true,
    finish: printTasks("Skipped", named.isOne, nextWords)
  })
})
