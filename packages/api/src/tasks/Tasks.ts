import type { LimitReached } from "@todo/domain/http/LimitReached"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import type { TaskFilters } from "@todo/domain/tasks/TaskPage"
import { Context, Effect, Layer } from "effect"
import { mostBesideOthers, mostChanges } from "../database/functions/Write.sql.ts"
import { list, listed, type ListQuery } from "../database/List.ts"
import { Writes } from "../database/Write.ts"
import { entityStore } from "../entity/EntityStore.ts"
import { refusals } from "../entity/Refusals.ts"
import { tooManyChanges } from "../entity/TooManyChanges.ts"
import * as Randomness from "../Randomness.ts"
import { taskList } from "./lists.ts"
import { taskProblems } from "./problems.ts"
import { tasks } from "./table.ts"

/** What the current user can do with their tasks. Another user's task is a task that does not exist. */
export class Tasks extends Context.Service<Tasks>()("todo/api/tasks/Tasks", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const { count, versions } = yield* listed(tasks, taskList)
    const purge = writes.make("task_purge", "unknown")
    const removeFew = writes.make("task_remove_listed")
    const removeMany = writes.make("task_remove_listed", "long")
    const removeThings = (things: ReadonlyArray<unknown>) =>
      (things.length > mostBesideOthers ? removeMany : removeFew)({ things })
    const refuse = refusals(tasks, taskProblems).ofChange
    return {
      ...yield* entityStore(tasks, taskProblems),
      list: yield* list(tasks, taskList),
      /** How many tasks a list has. */
      count,
      /** Deletes a task for good, wherever it is, if its version is among these. */
      purge: (id: string, among: ReadonlyArray<number> | undefined) =>
        Effect.catchTag(purge({ id, versions: among }), "Refused", refuse),
      /** Moves all that a list has to the trash: as it is read, while nothing of that changes meanwhile. */
      removeListed: (query: ListQuery<TaskFilters>) =>
        // One more than may be: that there are too many is told by the function, which knows the keys.
        Effect.flatMap(versions(query, mostChanges + 1), removeThings).pipe(
          Effect.retry({ while: (error) => error._tag === "Refused" && error.verdict === "changed", times: 4 }),
          Effect.catchTag(
            "Refused",
            (refused): Effect.Effect<never, LimitReached | ServiceUnavailable> =>
              refused.verdict === "changed" ? unsettled : tooManyChanges(refused)
          )
        )
    }
  })
}) {
  static readonly layer = Layer.effect(Tasks, Tasks.make).pipe(Layer.provide(Randomness.layer))
}

const unsettled = Effect.fail(new ServiceUnavailable({ detail: "What is to be deleted changes all the time" }))
