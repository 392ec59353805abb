import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { collect } from "../commandLine/Collect.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { changeBlockers } from "./Blockers.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { taskIdsOf } from "./TaskIds.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("block")
    .description(withExamples(
      "Have tasks wait for others",
      "todo block 7 --by 3",
      "todo block 7 8 --by 3 --by 4"
    ))
    .argument("[ref...]", refs)
    .requiredOption("--by <ref>", "a task that is waited for; may be given again", collect)
    .action((refs, { by }) => dispatch({ refs, by: by as unknown as ReadonlyArray<string> }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.block")(function*({ by, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly by: ReadonlyArray<string>
}) {
  const named = yield* namedOrPickedTask(refs, { state: "open", question: "Which task is to wait?" })
  const more = yield* taskIdsOf(by)
  yield* changeBlockers(named, "Blocked", (blockers) => [...new Set([...blockers, ...more])])
})
