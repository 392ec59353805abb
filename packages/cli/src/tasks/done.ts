import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("done")
    .description(withExamples("Mark tasks done", "todo done 7", "todo done 7 8 9"))
    .argument("[ref...]", refs)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.done")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const tasks = yield* (yield* ApiClient).tasks
  const named = yield* namedOrPickedTask(refs, { state: "open", question: "Which task is done?" })
  const payload = { completed: true }
  yield* forEachTaskAtOnce(named, {
    resolve: yield* makeTaskResolver,
    single: ({ id }) => Effect.map(tasks.update({ params: { id }, headers: {}, payload }), ({ body }) => body),
    operation: ({ id }) => ({ op: "task.update", id, body: payload }),
    finish: printTasks("Done", named)
  })
})
