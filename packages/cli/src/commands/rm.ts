import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { agreement } from "../Agreement.ts"
import { ApiClient } from "../ApiClient.ts"
import { forEachTask } from "../ForEachTask.ts"
import { Output } from "../Output.ts"
import { namedOrPickedTask } from "../PickTask.ts"
import { headline } from "../TaskOutput.ts"

export const rm = Effect.fn("rm")(function*({ refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const tasks = yield* (yield* ApiClient).tasks
  const output = yield* Output
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Delete which task?" })
  yield* forEachTask(
    named,
    (task) => Effect.as(tasks.remove({ params: { id: task.id }, query: {}, headers: {} }), task),
    (deleted) =>
      output.result({
        json: () => ({ deleted: deleted.map(({ id, number }) => ({ id, number })) }),
        quiet: () => deleted.map(({ number }) => String(number)),
        human: () => deleted.map((task) => headline("Deleted", task))
      }),
    yield* agreement<Task>({ yes, verb: "Delete", things: "tasks", headline })
  )
})
