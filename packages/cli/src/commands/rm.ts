import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { forEachTask } from "../ForEachTask.ts"
import { Output } from "../Output.ts"
import { askConfirmation } from "../Prompt.ts"
import { Settings } from "../Settings.ts"
import { headline } from "../TaskOutput.ts"

export const rm = Effect.fn("rm")(function*({ refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const tasks = yield* (yield* ApiClient).tasks
  const output = yield* Output
  const { interactive } = yield* Settings
  yield* forEachTask(
    refs,
    Effect.fnUntraced(function*(task: Task) {
      if (interactive && !yes && !(yield* askConfirmation(`${headline("Delete", task)}?`))) return []
      yield* tasks.remove({ params: { id: task.id }, headers: {} })
      return [task]
    }),
    (results) => {
      const deleted = results.flat()
      return output.result({
        json: () => ({ deleted: deleted.map(({ id, number }) => ({ id, number })) }),
        quiet: () => deleted.map(({ number }) => String(number)),
        human: () => deleted.map((task) => headline("Deleted", task))
      })
    }
  )
})
