import type { Task, TaskId, TaskPatch } from "@todo/domain/tasks/Task"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Option } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { write, type WriteError } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"
import { readPage } from "./TaskPages.ts"
import { taskColumns, type TaskRow, toTask } from "./TaskRow.ts"

/** A task that was to change, and whether its version was one of those expected. */
export interface Attempt {
  readonly matched: boolean
  readonly task: Task
}

/**
 * The tasks of the current user, one statement a method. Every method needs
 * `CurrentUser`; none takes a user's id.
 *
 * @effect-expect-leaking CurrentUser RequestKey
 */
export class TasksRepository extends Context.Service<TasksRepository, {
  /** Answers none when the user has as many as anybody may have. */
  insert(
    id: TaskId,
    title: string,
    description: string | null
  ): Effect.Effect<Option.Option<Task>, WriteError, CurrentUser | RequestKey>
  find(id: TaskId): Effect.Effect<Option.Option<Task>, DoorError, CurrentUser>
  /**
   * Newest first: at most `limit` of those with a number below `before`. Where their text is longer than a page may be
   * the last is the first that does not fit.
   */
  list(filter: {
    readonly completed: boolean | undefined
    readonly number: number | undefined
    readonly before: number | undefined
    readonly limit: number
  }): Effect.Effect<ReadonlyArray<Task>, DoorError, CurrentUser>
  /** Changes the task if its version is among `expected`; undefined: whatever it is. */
  update(
    id: TaskId,
    patch: TaskPatch,
    expected: ReadonlyArray<number> | undefined
  ): Effect.Effect<Option.Option<Attempt>, WriteError, CurrentUser | RequestKey>
  /** Deletes the task if its version is among `expected`; undefined: whatever it is. */
  remove(
    id: TaskId,
    expected: ReadonlyArray<number> | undefined
  ): Effect.Effect<Option.Option<Attempt>, WriteError, CurrentUser | RequestKey>
}>()("todo/api/tasks/TasksRepository") {
  static readonly layer = Layer.effect(
    TasksRepository,
    Effect.gen(function*() {
      const statements = yield* Statements
      const listAll = readPage(statements, "")
      const listDone = readPage(statements, " AND completed_at IS NOT NULL")
      const listOpen = readPage(statements, " AND completed_at IS NULL")
      const find = throughDoor<TaskRow, [TaskId]>(
        statements,
        `SELECT ${taskColumns} FROM todo.tasks WHERE user_id = me.uid AND id = $3`
      )
      const insert = write<TaskRow, [TaskId, title: string, description: string | null]>(
        statements,
        "create_task",
        3,
        taskColumns
      )
      const update = write<
        AttemptRow,
        [
          TaskId,
          versions: string | null,
          title: string | null,
          describe: boolean,
          description: string | null,
          complete: boolean | null
        ]
      >(statements, "update_task", 6, attemptColumns)
      const remove = write<AttemptRow, [TaskId, versions: string | null]>(statements, "remove_task", 2, attemptColumns)

      return TasksRepository.of({
        insert: (id, title, description) =>
          Effect.map(insert(id, title, description), (rows) => Option.map(Option.fromUndefinedOr(rows[0]), toTask)),
        find: (id) => Effect.map(find(id), (rows) => Option.map(Option.fromUndefinedOr(rows[0]), toTask)),
        list: ({ before, completed, limit, number }) => {
          const read = completed === undefined ? listAll : completed ? listDone : listOpen
          const below = before === undefined ? maxNumber : before - 1
          return Effect.map(
            read(number ?? 1, number === undefined ? below : Math.min(number, below), limit),
            (rows) => rows.map(toTask)
          )
        },
        update: (id, { completed, description, title }, expected) =>
          Effect.map(
            update(
              id,
              versionArray(expected),
              title ?? null,
              description !== undefined,
              description ?? null,
              completed ?? null
            ),
            toAttempt
          ),
        remove: (id, expected) => Effect.map(remove(id, versionArray(expected)), toAttempt)
      })
    })
  )
}

/** The greatest that the column holds. */
const maxNumber = 2_147_483_647

interface AttemptRow extends TaskRow {
  readonly matched: boolean
}

const attemptColumns = "matched, (task).*"

const toAttempt = (rows: ReadonlyArray<AttemptRow>): Option.Option<Attempt> =>
  Option.fromUndefinedOr(rows[0]).pipe(Option.map((row) => ({ matched: row.matched, task: toTask(row) })))

const versionArray = (versions: ReadonlyArray<number> | undefined) =>
  versions === undefined ? null : `{${versions.join(",")}}`
