import { isJson, type Json } from "./Json.ts"
import type { Kept } from "./QueueFolder.ts"

/** What a merge-patch (RFC 7396) makes of a value. */
const patched = (value: unknown, patch: unknown): unknown => {
  if (!isJson(patch)) return patch
  const before = isJson(value) ? value : {}
  const changed = Object.entries(patch).map(([name, change]) => [name, patched(before[name], change)])
  return { ...before, ...Object.fromEntries(changed) }
}

/** The same of the members that a task has: what was said in words stays with the service, that reads it. */
const patchedTask = (task: Json, patch: unknown): Json => {
  const known = Object.entries(isJson(patch) ? patch : {}).filter(([name]) => name in task)
  return patched(task, Object.fromEntries(known)) as Json
}

const withTags = (task: Json, change: (tags: ReadonlyArray<unknown>) => ReadonlyArray<unknown>): Json =>
  Array.isArray(task.tags) ? { ...task, tags: change(task.tags) } : task

const tagged = (task: Json, name: unknown): Json => withTags(task, (tags) => [...new Set([...tags, name])])
const untagged = (task: Json, name: unknown): Json => withTags(task, (tags) => tags.filter((tag) => tag !== name))

const afterOperation = (task: Json, operation: unknown): Json => {
  if (!isJson(operation) || operation.id !== task.id) return task
  switch (operation.op) {
    case "task.update":
      return patchedTask(task, operation.body)
    case "task.tag":
      return tagged(task, operation.name)
    case "task.untag":
      return untagged(task, operation.name)
    default:
      return task
  }
}

const afterWrite = (task: Json, { body, method, path }: Kept["write"]): Json => {
  const sent: unknown = body === null ? null : JSON.parse(body)
  const own = `/api/v1/tasks/${String(task.id)}`
  if (path === own && method === "PATCH") return patchedTask(task, sent)
  if (path.startsWith(`${own}/tags/`)) {
    const name = decodeURIComponent(path.slice(`${own}/tags/`.length))
    return method === "PUT" ? tagged(task, name) : untagged(task, name)
  }
  if (path !== "/api/v1/batch" || !isJson(sent) || !Array.isArray(sent.operations)) return task
  return sent.operations.reduce<Json>(afterOperation, task)
}

/** A task as it will be once what waits is sent: what is added to it next comes to that, and takes nothing of it away. */
export const withQueued = (task: object, pending: ReadonlyArray<Kept>): object =>
  pending.reduce((before, { write }) => afterWrite(before, write), task as Json)
