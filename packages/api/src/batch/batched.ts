import type { BatchOperation } from "@todo/domain/batch/Batch"
import { refusals } from "../entity/Refusals.ts"
import { taskProblems } from "../tasks/problems.ts"
import { tasks } from "../tasks/table.ts"

/** The nouns whose writes may be in a batch. */
export type BatchedNoun = BatchOperation["op"] extends `${infer Noun}.${string}` ? Noun : never

/** What the refusals of the writes of each are to the client. */
export const batched = { task: refusals(tasks, taskProblems) } satisfies Record<BatchedNoun, unknown>
