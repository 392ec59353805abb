import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { collect } from "../commandLine/Collect.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { changeBlockers } from "./Blockers.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { taskIdsOf } from "./TaskIds.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("unblock")
    .description(withExamples(
      "Have tasks wait no more",
      "todo unblock 7",
      "todo unblock 7 --by 3"
    ))
    .argument("[ref...]", refs)
    .option("--by <ref>", "a task that is waited for no more, instead of all; may be given again", collect)
    .action((refs, { by }) => dispatch({ refs, by: by as unknown as ReadonlyArray<string> | undefined }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.unblock")(function*({ by, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly by: ReadonlyArray<string> | undefined
}) {
  const named = yield* namedOrPickedTask(refs, { state: "open", question: "Which task waits no more?" })
  const fewer = by === undefined ? undefined : new Set(yield* taskIdsOf(by))
  yield* changeBlockers(
    named,
    "Unblocked",
    (blockers) => fewer === undefined ? [] : blockers.filter((id) => !fewer.has(id))
  )
})
