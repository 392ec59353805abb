import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { printTasks } from "./TaskOutput.ts"

export const done = Effect.fn("done")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const tasks = yield* (yield* ApiClient).tasks
  const named = yield* namedOrPickedTask(refs, { state: "open", question: "Which task is done?" })
  yield* forEachTask(
    named,
    ({ id }) =>
      Effect.map(tasks.update({ params: { id }, headers: {}, payload: { completed: true } }), ({ body }) => body),
    printTasks("Done", named)
  )
})
