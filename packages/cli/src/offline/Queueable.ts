import { isJson, type Json } from "./Json.ts"
import { newId } from "./NewId.ts"

const id = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

/** What may be done later as well as now; accounts, sessions, tokens, settings and the undoing of things may not. */
const queueable = [
  "POST /tasks",
  "POST /tasks/quick",
  "POST /tasks/move",
  `POST /tasks/${id}/(?:complete|skip|restore|comments)`,
  `(?:PATCH|DELETE) /tasks/${id}`,
  `(?:PUT|DELETE) /tasks/${id}/tags/[^/]+`,
  `(?:PATCH|DELETE) /comments/${id}`,
  "POST /batch",
  "POST /projects",
  "POST /projects/move",
  `PATCH /projects/${id}`,
  "POST /views",
  "POST /views/move",
  `(?:PATCH|DELETE) /views/${id}`,
  "(?:PATCH|DELETE) /tags/[^/]+"
].map((one) => new RegExp(`^${one.replace(" ", " /api/v1")}$`))

/** Whether a write is one that waits for the service; what deletes for good does not. */
export const isQueueable = (method: string, path: string): boolean => {
  const [way, query] = path.split("?")
  return query === undefined && queueable.some((one) => one.test(`${method} ${way}`))
}

/** What a request makes and changes, with the ids that the client has chosen. */
export interface Prepared {
  readonly body: Json | null
  /** The ids of the tasks of a text. */
  readonly taskIds: ReadonlyArray<string>
  readonly tasks: ReadonlyArray<{ readonly id: string; readonly title: string }>
  readonly changes: ReadonlyArray<string>
}

const textOf = (value: unknown): string => typeof value === "string" ? value : ""
const idOf = (value: unknown): string => typeof value === "string" ? value : newId()

/** So many ids fit in the header `Task-Ids`. */
const mostChosen = 20

/** The tasks of a text: none, where there are more than ids may be chosen for. */
const ofText = (text: string): Prepared["tasks"] => {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  return lines.length > mostChosen ? [] : lines.map((line) => ({ id: newId(), title: line.trim().replace(/^- /, "") }))
}

const ofOperation = (operation: unknown): Pick<Prepared, "body" | "tasks" | "changes"> => {
  if (!isJson(operation)) return { body: null, tasks: [], changes: [] }
  const { body, id, op } = operation
  const changes = typeof id === "string" ? [id] : isJson(body) && Array.isArray(body.ids) ? body.ids : []
  if (!textOf(op).endsWith(".create") || !isJson(body)) return { body: operation, tasks: [], changes }
  const made = { ...body, id: idOf(body.id) }
  const tasks = op === "task.create" ? [{ id: made.id, title: textOf(body.title) }] : []
  return { body: { ...operation, body: made }, tasks, changes }
}

/** Gives what a request makes an id, so that it is made once, however often and however late it is sent. */
export const prepared = (method: string, path: string, body: Json | null): Prepared => {
  const changes = [...path.matchAll(new RegExp(id, "g"))].map(([one]) => one)
  const nothing: Prepared = { body, taskIds: [], tasks: [], changes }
  if (method !== "POST" || body === null) return nothing
  switch (path.replace(new RegExp(id), ":id")) {
    case "/api/v1/tasks/quick": {
      const tasks = ofText(textOf(body.text))
      return { ...nothing, tasks, taskIds: tasks.map(({ id }) => id) }
    }
    case "/api/v1/tasks": {
      const made = idOf(body.id)
      return { ...nothing, body: { ...body, id: made }, tasks: [{ id: made, title: textOf(body.title) }] }
    }
    case "/api/v1/projects":
    case "/api/v1/views":
    case "/api/v1/tasks/:id/comments":
      return { ...nothing, body: { ...body, id: idOf(body.id) } }
    case "/api/v1/batch": {
      const operations = (Array.isArray(body.operations) ? body.operations : []).map(ofOperation)
      return {
        ...nothing,
        body: { ...body, operations: operations.map(({ body }) => body) },
        tasks: operations.flatMap(({ tasks }) => tasks),
        changes: operations.flatMap(({ changes }) => changes)
      }
    }
    default:
      return { ...nothing, changes: [...changes, ...Array.isArray(body.ids) ? body.ids : []] }
  }
}
