import { Api } from "@todo/domain/Api"
import type { BatchOperation, BatchResults } from "@todo/domain/batch/Batch"
import type { Task } from "@todo/domain/tasks/Task"
import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { DateTime, Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { State } from "./FakeState.ts"

type Result = BatchResults["results"][number]

export const BatchHandlers = HttpApiBuilder.group(
  Api,
  "batch",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    const run = Effect.fnUntraced(function*(operation: BatchOperation, index: number) {
      const user = (yield* CurrentUser).id
      const result = (status: Result["status"], { id, number, version }: Task) => ({ status, id, number, version })
      if (operation.op === "task.create") {
        const { description = null, id, title } = operation.body
        return result(201, state.addTask(user, title, { description, ...id !== undefined && { id } }))
      }
      const tasks = state.tasksOf(user)
      const at = tasks.findIndex(({ id }) => id === operation.id)
      const task = tasks[at]
      if (task === undefined) return yield* new TaskNotFound({ detail: "There is no task of this id", index })
      if (operation.version !== undefined && operation.version !== task.version) {
        return yield* new TaskChanged({ detail: "The task is at another version", current: task, index })
      }
      if (operation.op === "task.remove") {
        tasks.splice(at, 1)
        return result(204, { ...task, version: task.version + 1 })
      }
      if (operation.op === "task.restore") return result(200, task)
      const now = yield* DateTime.now
      const completed = operation.body.completed ?? task.completed
      const changed: Task = {
        ...task,
        ...operation.body,
        completed,
        completedAt: completed ? task.completedAt ?? now : null,
        updatedAt: now,
        version: task.version + 1
      }
      tasks[at] = changed
      return result(200, changed)
    })

    return handlers.handleAll({
      run: Effect.fnUntraced(function*({ payload }) {
        const user = (yield* CurrentUser).id
        const before = [...state.tasksOf(user)]
        const results = yield* Effect.onError(
          Effect.forEach(payload.operations, run),
          () => Effect.sync(() => state.tasks.set(user, before))
        )
        return HttpApiSchema.withHeaders({ body: { results }, headers: {} })
      })
    })
  })
)
