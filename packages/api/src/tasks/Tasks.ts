import { Context, Effect, Layer } from "effect"
import { list } from "../database/List.ts"
import { entityStore } from "../entity/EntityStore.ts"
import * as Randomness from "../Randomness.ts"
import { taskProblems } from "./problems.ts"
import { tasks } from "./table.ts"

/** What the current user can do with their tasks. Another user's task is a task that does not exist. */
export class Tasks extends Context.Service<Tasks>()("todo/api/tasks/Tasks", {
  make: Effect.gen(function*() {
    const store = yield* entityStore(tasks, taskProblems)
    const newest = yield* list<{ completed: boolean; number: number }>(tasks, {
      filters: {
        completed: (yes) => `completed_at IS ${yes ? "NOT " : ""}NULL`,
        number: (number, bind) => `number = ${bind(number)}`
      },
      newest: "number",
      long: { text: "description", never: "title" }
    })
    return { ...store, list: newest }
  })
}) {
  static readonly layer = Layer.effect(Tasks, Tasks.make).pipe(Layer.provide(Randomness.layer))
}
