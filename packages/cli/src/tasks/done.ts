import { type Command, Option } from "@commander-js/extra-typings"
import type { NewCompletion } from "@todo/domain/repetition/CompletedTask"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { isProvisional } from "./NewTaskRef.ts"
import { nextWords } from "./NextWords.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("done")
    .description(withExamples(
      "Mark tasks done",
      "todo done 7",
      "todo done 3-7,9",
      "todo done --filter \"@shopping and in:Home\" --dry-run",
      "todo done 7 --children",
      "todo done 7 --force"
    ))
    .argument("[ref...]", refs)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .addOption(new Option("--children", "all that is open below it is done, too").conflicts("keepChildren"))
    .option("--keep-children", "what is open below it stays open")
    .option("--force", "also where it waits for a task that is open")
    .action((refs, { children, dryRun, filter, force, keepChildren }) =>
      dispatch({
        refs,
        filter,
        dryRun,
        how: {
          ...children ? { children: "complete" } : keepChildren ? { children: "keep" } : {},
          ...force ? { force: true } : {}
        }
      })
    )

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.done")(function*({ dryRun, filter, how, refs }: Selection & {
  readonly refs: ReadonlyArray<string>
  readonly how: Pick<NewCompletion, "children" | "force">
}) {
  const { completions, tasks } = yield* ApiClient
  const named = yield* namedOrPickedTask(refs, { filter, state: "open", question: "Which task is done?" })
  if (dryRun === true) return yield* wouldBe("Would be done", named)
  const payload = { completed: true }
  // Without options as any release of the service has it.
  const isPlain = Object.keys(how).length === 0
  // What is new may repeat, for all that is known here.
  const isJustChanged = (task: Task) => isPlain && task.occurrence === null && !isProvisional(task)
  const howOf = (occurrence: Task["occurrence"]) => occurrence === null ? how : { ...how, occurrence }
  yield* forEachTaskAtOnce(named.refs, {
    resolve: yield* makeTaskResolver,
    // With the date that was seen: whoever is quicker elsewhere does not have it done twice.
    single: (task) => {
      const params = { id: task.id }
      return isJustChanged(task)
        ? Effect.map(tasks.update({ params, headers: {}, payload }), ({ body }) => body)
        : Effect.map(completions.complete({ params, headers: {}, payload: howOf(task.occurrence) }), ({ body }) => body)
    },
    operation: (task) =>
      isJustChanged(task)
        ? { op: "task.update", id: task.id, body: payload }
        : { op: "task.complete", id: task.id, body: howOf(task.occurrence) },
    isReadAnew: ({ repeat }) => repeat !== null,
    finish: printTasks("Done", named.isOne, nextWords)
  })
})
