import { Schema } from "effect"
import { integerParameter, pageLimit } from "../http/IntegerParameter.ts"
import { Task, TaskNumber } from "./Task.ts"

/** Where a page of tasks ended: opaque, good for the same user and the same filter only. */
export const TaskCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("TaskCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged and with the same filter.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type TaskCursor = typeof TaskCursor.Type

/** Which tasks a list is of. */
export const taskFilters = {
  completed: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "true: only what is done. false: only what is open.", examples: [false] })
  ),
  number: Schema.optionalKey(
    integerParameter(
      TaskNumber.annotate({ description: "Only the task of this number." }),
      "Expected the number of a task"
    )
  )
}
export type TaskFilters = Required<Schema.Struct.Type<typeof taskFilters>>

/** Which tasks to list, and how many on a page (1 to 200, 50 when absent). */
export const TaskQuery = Schema.Struct({
  ...taskFilters,
  limit: Schema.optionalKey(
    pageLimit("How many tasks at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(TaskCursor)
})
export interface TaskQuery extends Schema.Schema.Type<typeof TaskQuery> {}

/** Some of the user's tasks, newest first. */
export const TaskPage = Schema.Struct({
  items: Schema.Array(Task).annotate({ description: "Newest first." }),
  nextCursor: Schema.NullOr(TaskCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "TaskPage", description: "Some of the user's tasks." })
export interface TaskPage extends Schema.Schema.Type<typeof TaskPage> {}

/** Which tasks to delete: those that a list with these filters has, of which there is one at least. */
export const TaskSelection = Schema.Struct({
  ...taskFilters,
  dryRun: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "true: nothing is done, and the answer says how many it would be." })
  )
}).check(
  Schema.makeFilter(
    (query: Readonly<Record<string, unknown>>) =>
      Object.keys(taskFilters).some((name) => query[name] !== undefined)
      || `Expected a filter: ${Object.keys(taskFilters).join(" or ")}`
  )
).annotate({ examples: [{ completed: true }] })
export interface TaskSelection extends Schema.Schema.Type<typeof TaskSelection> {}

/** How many tasks something was done with. */
export const TaskCount = Schema.Struct({
  count: Schema.Int.annotate({ description: "How many.", examples: [12] })
}).annotate({ identifier: "TaskCount", description: "How many tasks." })
