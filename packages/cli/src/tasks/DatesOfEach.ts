import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { datesUnderstood } from "./Understood.ts"

/** What is said behind tasks whose dates were changed: what these are now. */
export const datesOfEach = Effect.fn("datesOfEach")(function*(tasks: ReadonlyArray<Task>) {
  const words = new Map(
    yield* Effect.forEach(tasks, (task) => Effect.map(datesUnderstood(task), (words) => [task.id, words] as const))
  )
  return ({ id }: Task): string => words.get(id) ?? ""
})
