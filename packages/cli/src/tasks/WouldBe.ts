import { Effect } from "effect"
import type { Named } from "./ExpandedRefs.ts"
import { forEachTask } from "./ForEachTask.ts"
import { printTasks } from "./TaskOutput.ts"

/** Says with which tasks something would be done. */
export const wouldBe = Effect.fn("wouldBe")(function*(word: string, { isOne, refs }: Named) {
  yield* forEachTask(refs, Effect.succeed, printTasks(word, isOne))
})
