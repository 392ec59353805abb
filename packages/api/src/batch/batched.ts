import type { BatchOperation } from "@todo/domain/batch/Batch"
import type { Table } from "../database/Table.ts"
import { refusals } from "../entity/Refusals.ts"
import { taskProblems } from "../tasks/problems.ts"
import { tasks } from "../tasks/table.ts"

/** The nouns whose writes may be in a batch. */
export type BatchedNoun = BatchOperation["op"] extends `${infer Noun}.${string}` ? Noun : never

/** How the things of each are stored, and what the refusals of their writes are to the client. */
export const batched = {
  task: { table: tasks, refusals: refusals(tasks, taskProblems) }
} satisfies Record<BatchedNoun, { readonly table: Table; readonly refusals: unknown }>
