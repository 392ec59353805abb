import { RecordedTask, Task as AnsweredTask } from "@todo/domain/tasks/Task"
import { SchemaAST } from "effect"

type Recorded = typeof RecordedTask.Encoded

/** A task as it is stored. */
export type Stored = Omit<Recorded, "completed"> & { readonly trashedAt: string | null }

/** A task as the feed, the history and the lists show it. */
export type Task = Recorded & { readonly trashedAt?: string }

const usual = ({ ast }: { readonly ast: SchemaAST.AST }): unknown => SchemaAST.resolve(ast)?.["default"] ?? null

/** What a task has that nobody has said anything of: what its schema says, or null. */
export const unsaid = {
  ...Object.fromEntries(
    Object.entries(RecordedTask.fields).flatMap(([name, schema]) => name === "completed" ? [] : [[name, usual(schema)]])
  ),
  trashedAt: null
} as unknown as Stored

/** How a task is shown. */
export const shown = ({ trashedAt, ...task }: Stored): Task => ({
  ...task,
  completed: task.completedAt !== null,
  ...trashedAt !== null && { trashedAt }
})

/** The other way round. */
export const stored = ({ completed: _completed, ...task }: Task): Stored => ({ trashedAt: null, ...task })

const asked = Object.keys(AnsweredTask.fields).filter((name) => !(name in RecordedTask.fields))

/** An answer without what depends on who asks, and when, which is neither on record nor in the feed. */
export const withoutAsked = (_name: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && asked.some((name) => name in value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !asked.includes(name)))
    : value
