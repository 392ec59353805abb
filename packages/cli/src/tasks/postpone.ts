import type { Command } from "@commander-js/extra-typings"
import { TaskPatch } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { sayOtherReadings } from "./OptionReadings.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { partsOf, until } from "./Postponed.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("postpone")
    .description(withExamples(
      "Put tasks off to another day, at the time that they have",
      "todo postpone 7",
      "todo postpone 7 friday",
      "todo postpone 3-5,9 in 2 weeks",
      "todo postpone --filter overdue today"
    ))
    .argument("[ref-or-day...]", `${refs}; then the day in words, tomorrow where none is said`)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .action((words, { dryRun, filter }) => dispatch({ words, filter, dryRun }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.postpone")(function*(
  { dryRun, filter, words }: Selection & { readonly words: ReadonlyArray<string> }
) {
  const { tasks } = yield* ApiClient
  const { day, refs } = partsOf(words, filter !== undefined)
  const named = yield* namedOrPickedTask(refs, { filter, state: "open", question: "Put off which task?" })
  if (dryRun === true) return yield* wouldBe("Would be put off", named)
  const payload = yield* validate(TaskPatch, { dueText: day === "" ? "tomorrow" : day })
  yield* forEachTaskAtOnce(named.refs, {
    resolve: yield* makeTaskResolver,
    single: ({ id }) => Effect.map(tasks.update({ params: { id }, headers: {}, payload }), ({ body }) => body),
    operation: ({ id }) => ({ op: "task.update", id, body: payload }),
    isReadAnew: () => true,
    finish: printTasks("Put off", named.isOne, until)
  })
  yield* sayOtherReadings({ due: day, repeat: undefined, start: undefined })
})
