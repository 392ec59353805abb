import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"

/** A row of `todo.tasks`, as the driver hands it over, or as JSON; the table's constraints vouch for its types. */
export interface TaskRow {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string | null
  readonly completed_at: Date | string | null
  readonly created_at: Date | string
  readonly updated_at: Date | string
  readonly version: number
}

/** The columns that `toTask` reads. */
export const taskColumns = "id, number, title, description, completed_at, created_at, updated_at, version"

/** The task that a row holds. */
export const toTask = (row: TaskRow): Task => ({
  id: row.id as TaskId,
  number: row.number,
  title: row.title,
  description: row.description,
  completed: row.completed_at !== null,
  completedAt: row.completed_at === null ? null : DateTime.makeUnsafe(row.completed_at),
  createdAt: DateTime.makeUnsafe(row.created_at),
  updatedAt: DateTime.makeUnsafe(row.updated_at),
  version: row.version
})
