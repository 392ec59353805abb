import type { Task, TaskId, TaskPatch } from "@todo/domain/tasks/Task"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { answeringForDoor, type DoorError, throughDoor } from "../database/Door.ts"
import { write, type WriteError } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"
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
  /** Newest first: at most `limit` of those with a number below `before`. */
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
      const sql = yield* SqlClient.SqlClient
      const columns = sql.literal(taskColumns)

      return TasksRepository.of({
        insert: Effect.fnUntraced(function*(id, title, description) {
          const user = yield* CurrentUser
          const rows = yield* write<TaskRow>(sql, taskColumns, (answer, key) =>
            sql`SELECT ${answer}
              FROM todo.create_task(${user.sessionId}, ${user.id}, ${id}, ${title}, ${description}${key})`)
          return Option.fromUndefinedOr(rows[0]).pipe(Option.map(toTask))
        }),

        find: Effect.fnUntraced(function*(id) {
          const rows = yield* throughDoor<TaskRow>(
            sql,
            (uid) => sql`SELECT ${columns} FROM todo.tasks WHERE user_id = ${uid} AND id = ${id}`
          )
          return Option.fromUndefinedOr(rows[0]).pipe(Option.map(toTask))
        }, answeringForDoor),

        list: Effect.fnUntraced(function*({ before, completed, limit, number }) {
          const rows = yield* throughDoor<TaskRow>(sql, (uid) =>
            sql`SELECT ${columns} FROM todo.tasks WHERE ${
              sql.and([
                sql`user_id = ${uid}`,
                ...(completed === undefined ? [] : [sql.literal(`completed_at IS ${completed ? "NOT " : ""}NULL`)]),
                ...(number === undefined ? [] : [sql`number = ${number}`]),
                ...(before === undefined ? [] : [sql`number < ${before}`])
              ])
            } ORDER BY number DESC LIMIT ${limit}`)
          return rows.map(toTask)
        }, answeringForDoor),

        update: Effect.fnUntraced(function*(id, patch, expected) {
          const user = yield* CurrentUser
          const rows = yield* write<AttemptRow>(
            sql,
            attemptColumns,
            (answer, key) =>
              sql`SELECT ${answer} FROM todo.update_task(
              ${user.sessionId}, ${user.id}, ${id}, ${versionArray(expected)}, ${patch.title ?? null},
              ${patch.description !== undefined}, ${patch.description ?? null}, ${patch.completed ?? null}${key})`
          )
          return toAttempt(rows)
        }),

        remove: Effect.fnUntraced(function*(id, expected) {
          const user = yield* CurrentUser
          const rows = yield* write<AttemptRow>(sql, attemptColumns, (answer, key) =>
            sql`SELECT ${answer}
              FROM todo.remove_task(${user.sessionId}, ${user.id}, ${id}, ${versionArray(expected)}${key})`)
          return toAttempt(rows)
        })
      })
    })
  )
}

interface AttemptRow extends TaskRow {
  readonly matched: boolean
}

const attemptColumns = "matched, (task).*"

const toAttempt = (rows: ReadonlyArray<AttemptRow>): Option.Option<Attempt> =>
  Option.fromUndefinedOr(rows[0]).pipe(Option.map((row) => ({ matched: row.matched, task: toTask(row) })))

const versionArray = (versions: ReadonlyArray<number> | undefined) =>
  versions === undefined ? null : `{${versions.join(",")}}`
