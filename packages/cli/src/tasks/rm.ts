import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { highestAbove } from "./Ancestors.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { refuseFilterUnasked, surelyNamed } from "./SurelyNamed.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { headline, printDeleted } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples(
      "Move tasks to the trash, for 30 days",
      "todo rm 7",
      "todo rm --yes 7 8",
      "todo rm --filter \"@trip and done\" --yes"
    ))
    .argument("[ref...]", refs)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .option("-y, --yes", "do not ask")
    .action((refs, { dryRun, filter, yes }) => dispatch({ refs, filter, dryRun, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.rm")(function*({ dryRun, filter, refs, yes }: Selection & {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const { columns } = yield* Settings
  const output = yield* Output
  const { tasks } = yield* ApiClient
  yield* refuseFilterUnasked({ dryRun, filter, yes })
  const named = yield* namedOrPickedTask(refs, { filter, state: "all", question: "Delete which task?" })
  if (dryRun === true) return yield* wouldBe("Would be deleted", named)
  const print = printDeleted("Deleted")
  yield* forEachTaskAtOnce(named.refs, {
    resolve: yield* surelyNamed(yield* makeTaskResolver, yes),
    single: (task) => Effect.as(tasks.remove({ params: { id: task.id }, query: {}, headers: {} }), task),
    operation: ({ id }) => ({ op: "task.remove", id }),
    goesAlong: highestAbove,
    finish: Effect.fnUntraced(function*(deleted) {
      yield* print(deleted)
      const [first, ...others] = deleted
      if (columns === undefined || first === undefined) return
      yield* output.note(
        others.length === 0
          ? `In the trash for 30 days: \`todo restore ${first.number}\` brings it back.`
          : "In the trash for 30 days: `todo undo` or `todo restore <ref>` brings them back."
      )
    }),
    agree: yield* agreement<Task>({ yes, verb: "Delete", things: "tasks", headline })
  })
})
