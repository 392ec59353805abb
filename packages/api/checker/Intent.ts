import type { Task } from "./Task.ts"

type Priority = NonNullable<Task["priority"]>

/** A write of one task, as a batch has it; what makes a task chooses its id. */
export type Item =
  | { readonly op: "task.create"; readonly body: { readonly id: string; readonly title: string } & Described }
  | { readonly op: "task.update"; readonly id: string; readonly version?: number; readonly body: Patch }
  | { readonly op: "task.remove"; readonly id: string; readonly version?: number }
  | { readonly op: "task.restore"; readonly id: string; readonly version?: number }

interface Described {
  readonly description: string | null
  readonly priority: Priority | null
}

export interface Patch {
  readonly title?: string
  readonly description?: string | null
  readonly priority?: Priority | null
  readonly completed?: boolean
}

/** What a client wants done; the same however often it is sent. */
export type Intent =
  | Item
  /** Deletes all that a list has. */
  | { readonly op: "list.remove"; readonly completed: boolean }
  | { readonly op: "batch"; readonly operations: ReadonlyArray<Item> }
  /** Undoes an operation, or the latest of the session. */
  | { readonly op: "undo"; readonly id: string | undefined; readonly partial: boolean }
  /** What is refused whatever there is. */
  | { readonly op: "nonsense"; readonly title: string; readonly status: number; readonly code: string }

/** The request that says it. */
export interface Request {
  readonly method: string
  /** Below /api/v1. */
  readonly path: string
  readonly body?: unknown
  readonly version?: number
}

const versioned = ({ version }: { readonly version?: number }) => version === undefined ? {} : { version }

/** How it is said. */
export const requestOf = (intent: Intent): Request => {
  switch (intent.op) {
    case "task.create":
      return { method: "POST", path: "/tasks", body: intent.body }
    case "task.update":
      return { method: "PATCH", path: `/tasks/${intent.id}`, body: intent.body, ...versioned(intent) }
    case "task.remove":
      return { method: "DELETE", path: `/tasks/${intent.id}`, ...versioned(intent) }
    case "task.restore":
      return { method: "POST", path: `/tasks/${intent.id}/restore`, ...versioned(intent) }
    case "list.remove":
      return { method: "DELETE", path: `/tasks?completed=${intent.completed}` }
    case "batch":
      return { method: "POST", path: "/batch", body: { operations: intent.operations } }
    case "undo":
      return {
        method: "POST",
        path: intent.id === undefined ? "/undo" : `/operations/${intent.id}/undo`,
        body: { partial: intent.partial }
      }
    case "nonsense":
      return {
        method: "POST",
        path: "/tasks",
        body: { title: intent.title, description: intent.status === 400 ? 1 : "" }
      }
  }
}

/** What the history calls an operation that does it. */
export const kindOf = ({ op }: Intent) => op === "list.remove" ? "task.remove" : op
