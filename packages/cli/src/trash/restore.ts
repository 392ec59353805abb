import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachTaskAtOnce } from "../tasks/TaskBatch.ts"
import { printTasks } from "../tasks/TaskOutput.ts"
import { makeAnyTaskResolver } from "./AnyTaskResolver.ts"
import { namedOrPickedTrash } from "./PickTrash.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("restore")
    .description(withExamples("Take tasks out of the trash, with their numbers", "todo restore 7", "todo restore 7 8"))
    .argument("[ref...]", refs)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("trash.restore")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const { trash } = yield* ApiClient
  const named = yield* namedOrPickedTrash(refs, "Restore which task?")
  yield* forEachTaskAtOnce(named, {
    resolve: yield* makeAnyTaskResolver("todo trash"),
    single: ({ id }) => Effect.map(trash.restore({ params: { id }, headers: {} }), ({ body }) => body),
    operation: ({ id }) => ({ op: "task.restore", id }),
    finish: printTasks("Restored", named.length === 1)
  })
})
