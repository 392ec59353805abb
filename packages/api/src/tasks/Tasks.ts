import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { type NewTask, type Task, TaskId, type TaskPatch } from "@todo/domain/tasks/Task"
import type { TaskCursor, TaskQuery } from "@todo/domain/tasks/TaskPage"
import { TaskChanged, TaskNotFound, TooManyTasks } from "@todo/domain/tasks/TaskProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Option } from "effect"
import { SecureRandom } from "effect/crypto"
import * as Randomness from "../Randomness.ts"
import { makeCursor, readCursor } from "./Cursor.ts"
import { type Attempt, TasksRepository } from "./TasksRepository.ts"

const defaultLimit = 50

/** Tasks for a page, of which it has as many as it has room for. */
export interface TaskListing {
  /** Newest first; where there are more than the page may have, one more at least. */
  readonly found: ReadonlyArray<Task>
  readonly limit: number
  /** Where the next page begins when this one ends with the task. */
  readonly cursorAfter: (task: Task) => TaskCursor
}

/** What the current user can do with their tasks. Another user's task is a task that does not exist. */
export class Tasks extends Context.Service<Tasks>()("todo/api/tasks/Tasks", {
  make: Effect.gen(function*() {
    const repository = yield* TasksRepository
    const random = yield* SecureRandom.SecureRandom

    // Untraced: `Effect.fn` makes an Error for each call, which was 3 % of a request. The statement has its own span.

    /** Adds an open task with the user's next number. Fails with `TooManyTasks` at 100,000. */
    const create = Effect.fnUntraced(function*(task: NewTask) {
      const id = TaskId.make(yield* random.uuidV7())
      const added = yield* repository.insert(id, task.title, task.description ?? null)
      return yield* Effect.fromOption(added).pipe(Effect.mapError(tooMany))
    })

    /** Tasks for a page, newest first. Fails with `InvalidRequest` when the cursor is not one of this list. */
    const list = Effect.fnUntraced(function*(query: TaskQuery) {
      const scope = { user: (yield* CurrentUser).id, completed: query.completed }
      const before = query.cursor === undefined ? Option.none() : readCursor(scope, query.cursor)
      if (query.cursor !== undefined && Option.isNone(before)) {
        return yield* invalidCursor
      }
      const limit = query.limit ?? defaultLimit
      const found = yield* repository.list({
        completed: query.completed,
        number: query.number,
        before: Option.getOrUndefined(before),
        limit: limit + 1
      })
      const listing: TaskListing = { found, limit, cursorAfter: (task) => makeCursor(scope, task.number) }
      return listing
    })

    /**
     * Fails with `TaskNotFound` when the task is absent or another user's, and with `TaskChanged` when its version is
     * not among `expected`.
     */
    const get = Effect.fnUntraced(function*(id: TaskId, expected?: ReadonlyArray<number>) {
      const task = yield* Effect.fromOption(yield* repository.find(id)).pipe(Effect.mapError(notFound))
      return expected === undefined || expected.includes(task.version) ? task : yield* changed(task)
    })

    /** Applies a merge-patch. Fails with `TaskChanged` when the version is not among `expected`. */
    const update = Effect.fnUntraced(
      function*(id: TaskId, patch: TaskPatch, expected: ReadonlyArray<number> | undefined) {
        return yield* settle(yield* repository.update(id, patch, expected))
      }
    )

    /** Deletes for good. Fails with `TaskChanged` when the version is not among `expected`. */
    const remove = Effect.fnUntraced(function*(id: TaskId, expected: ReadonlyArray<number> | undefined) {
      yield* settle(yield* repository.remove(id, expected))
    })

    return { create, list, get, update, remove }
  })
}) {
  static readonly layer = Layer.effect(Tasks, Tasks.make).pipe(Layer.provide(Randomness.layer))
}

const notFound = () => new TaskNotFound({ detail: "You have no task with this id" })

const tooMany = () => new TooManyTasks({ detail: "You have 100,000 tasks: delete some first" })

const invalidCursor = Effect.fail(
  new InvalidRequest({
    detail: "The cursor is not one of this list",
    errors: [{ path: ["query", "cursor"], message: "Expected the nextCursor of a page of the same list" }]
  })
)

const changed = (task: Task) =>
  Effect.fail(new TaskChanged({ detail: `The task is at version ${task.version}`, current: task }))

const settle = (attempt: Option.Option<Attempt>): Effect.Effect<Task, TaskNotFound | TaskChanged> => {
  if (Option.isNone(attempt)) return Effect.fail(notFound())
  const { matched, task } = attempt.value
  return matched
    ? Effect.succeed(task)
    : changed(task)
}
