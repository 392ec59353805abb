import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"

/**
 * The tasks of these that stand below others of them, however far, and the highest of those. What is above one and is none of
 * them is read; where it cannot be, they have nothing to do with each other as far as is known.
 */
export const highestAbove = Effect.fn("highestAbove")(function*(all: ReadonlyArray<Task>) {
  const { tasks } = yield* ApiClient
  const known = new Map<TaskId, Pick<Task, "id" | "parentId">>(all.map((task) => [task.id, task]))
  const named = new Map(all.map((task) => [task.id, task]))
  const lookUp = Effect.fnUntraced(function*(id: TaskId) {
    const found = known.get(id)
    if (found !== undefined) return found
    const answer = yield* Effect.result(tasks.get({ params: { id }, query: {}, headers: {} }))
    const read = Result.isSuccess(answer) && answer.success !== undefined ? answer.success.body : { id, parentId: null }
    known.set(id, read)
    return read
  })
  const highest = new Map<Task, Task>()
  for (const task of all) {
    let { parentId } = task
    while (parentId !== null) {
      const above: Pick<Task, "id" | "parentId"> = yield* lookUp(parentId)
      const one = named.get(above.id)
      if (one !== undefined) highest.set(task, one)
      parentId = above.parentId
    }
  }
  return highest
})
