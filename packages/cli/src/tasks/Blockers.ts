import { entityTag } from "@todo/domain/http/EntityTag"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { Settings } from "../Settings.ts"
import type { Named } from "./ExpandedRefs.ts"
import { isProvisional } from "./NewTaskRef.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

/** Changes for what each task that is named waits, as it is now: a change that somebody else makes meanwhile is not lost. */
export const changeBlockers = Effect.fn("changeBlockers")(function*(
  { isOne, refs }: Named,
  word: string,
  change: (blockers: ReadonlyArray<TaskId>) => ReadonlyArray<TaskId>
) {
  const { tasks } = yield* ApiClient
  const { json } = yield* Settings
  const payload = ({ blockedBy }: Task) => ({ blockedBy: change(blockedBy) })
  yield* forEachTaskAtOnce(refs, {
    resolve: yield* makeTaskResolver,
    single: (task) =>
      Effect.map(
        tasks.update({
          params: { id: task.id },
          headers: isProvisional(task) ? {} : { "if-match": entityTag(task.version) },
          payload: payload(task)
        }),
        ({ body }) => body
      ),
    operation: (task) => ({
      op: "task.update",
      id: task.id,
      ...isProvisional(task) ? {} : { version: task.version },
      body: payload(task)
    }),
    // Whether it is blocked is not on record.
    isReadAnew: () => json,
    finish: printTasks(word, isOne)
  })
})
