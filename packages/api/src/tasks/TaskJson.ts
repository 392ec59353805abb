import { entityTag } from "@todo/domain/http/EntityTag"
import type { Task } from "@todo/domain/tasks/Task"
import type { TaskPage } from "@todo/domain/tasks/TaskPage"
import { DateTime } from "effect"
import { HttpServerResponse } from "effect/http"

const instant = (time: DateTime.Utc) => new Date(time.epochMilliseconds).toISOString()

/** A task as the contract's schema encodes it (a test compares). */
const taskJson = (task: Task): typeof Task.Encoded => ({
  id: task.id,
  number: task.number,
  title: task.title,
  description: task.description,
  completed: task.completed,
  completedAt: task.completedAt === null ? null : instant(task.completedAt),
  createdAt: instant(task.createdAt),
  updatedAt: instant(task.updatedAt),
  version: task.version
})

/*
 * What is answered most, written without the schema's encoder, which checks
 * again what the types and the table have vouched for: a page of 20 tasks took
 * 500 µs of CPU with it, and 346 µs without.
 */
const json = (status: number, body: object, headers: Record<string, string>) =>
  HttpServerResponse.text(JSON.stringify(body), { status, headers, contentType: "application/json" })

/** Answers a task, with its version as `ETag`. */
export const taskResponse = (task: Task) => json(200, taskJson(task), { etag: entityTag(task.version) })

/** Answers a task that has just been made. */
export const createdResponse = (task: Task) =>
  json(201, taskJson(task), { location: `/api/v1/tasks/${task.id}`, etag: entityTag(task.version) })

/** Answers a page of tasks. */
export const pageResponse = ({ items, nextCursor }: TaskPage) =>
  json(200, { items: items.map(taskJson), nextCursor }, {})
