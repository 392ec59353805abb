import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { printTasks } from "./TaskOutput.ts"

export const reopen = Effect.fn("reopen")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const tasks = yield* (yield* ApiClient).tasks
  const named = yield* namedOrPickedTask(refs, { state: "done", question: "Which task is open again?" })
  yield* forEachTask(
    named,
    ({ id }) =>
      Effect.map(tasks.update({ params: { id }, headers: {}, payload: { completed: false } }), ({ body }) => body),
    printTasks("Reopened", named)
  )
})
