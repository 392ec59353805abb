import { Api } from "@todo/domain/Api"
import { entityTag } from "@todo/domain/http/EntityTag"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { UserId } from "@todo/domain/users/User"
import { DateTime, Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { State } from "./FakeState.ts"
import { listed } from "./listed.ts"

const guard = (task: Task, ifMatch: string | undefined) =>
  ifMatch !== undefined && ifMatch !== entityTag(task.version)
    ? Effect.fail(new TaskChanged({ detail: "The task is at another version", current: task }))
    : Effect.void

const tagged = (task: Task) => HttpApiSchema.withHeaders({ body: task, headers: { etag: entityTag(task.version) } })

export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    const find = Effect.fnUntraced(function*(id: TaskId) {
      const tasks = state.tasksOf((yield* CurrentUser).id)
      const index = tasks.findIndex((task) => task.id === id)
      const task = tasks[index]
      if (task === undefined) return yield* new TaskNotFound({ detail: "There is no task of this id" })
      return { index, task, tasks }
    })

    const trash = (user: UserId, task: Task, trashedAt: DateTime.Utc) => {
      const tasks = state.tasksOf(user)
      tasks.splice(tasks.indexOf(task), 1)
      state.trashOf(user).unshift({ ...task, version: task.version + 1, trashedAt })
    }

    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload }) {
        const task = state.addTask((yield* CurrentUser).id, payload.title, payload)
        return HttpApiSchema.withHeaders({
          body: task,
          headers: { location: `/api/v1/tasks/${task.id}`, etag: entityTag(task.version) }
        })
      }),
      list: Effect.fnUntraced(function*({ query: { completed, cursor, limit = 50, number } }) {
        const start = cursor === undefined ? 0 : Number(cursor)
        const found = state.tasksOf((yield* CurrentUser).id)
          .filter((task) => completed === undefined || task.completed === completed)
          .filter((task) => number === undefined || task.number === number)
          .toReversed()
        const end = start + limit
        return listed({
          items: found.slice(start, end),
          nextCursor: end < found.length ? TaskCursor.make(String(end)) : null
        })
      }),
      get: Effect.fnUntraced(function*({ params }) {
        return tagged((yield* find(params.id)).task)
      }),
      update: Effect.fnUntraced(function*({ headers, params, payload }) {
        const { index, task, tasks } = yield* find(params.id)
        yield* guard(task, headers["if-match"])
        const now = yield* DateTime.now
        const completed = payload.completed ?? task.completed
        const changed: Task = {
          ...task,
          ...payload,
          completed,
          completedAt: completed ? task.completedAt ?? now : null,
          updatedAt: now,
          version: task.version + 1
        }
        tasks[index] = changed
        return tagged(changed)
      }),
      removeListed: Effect.fnUntraced(function*({ query: { completed, dryRun = false, number } }) {
        const { id } = yield* CurrentUser
        const found = state.tasksOf(id)
          .filter((task) => completed === undefined || task.completed === completed)
          .filter((task) => number === undefined || task.number === number)
        if (!dryRun) { for (const task of found) trash(id, task, yield* DateTime.now) }
        return HttpApiSchema.withHeaders({ body: { count: found.length }, headers: {} })
      }),
      remove: Effect.fnUntraced(function*({ headers, params, query: { permanent = false } }) {
        const { index, task, tasks } = yield* find(params.id)
        yield* guard(task, headers["if-match"])
        if (permanent) tasks.splice(index, 1)
        else trash((yield* CurrentUser).id, task, yield* DateTime.now)
        return HttpServerResponse.empty({ status: 204 })
      }),
      history: ({ params }) =>
        Effect.as(
          find(params.id),
          listed({ items: [], nextCursor: null })
        )
    })
  })
)
