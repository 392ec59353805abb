import { Schema } from "effect"
import { timeZoneParameter } from "../dates/AskingZone.ts"
import { excess } from "../filter/Filter.ts"
import { AnyTree, type FilterTree } from "../filter/FilterTree.ts"
import { integerParameter, pageLimit } from "../http/IntegerParameter.ts"
import { Task, TaskNumber } from "./Task.ts"

/** Where a page of tasks ended: opaque, good for the same user, the same filter and the same order only. */
export const TaskCursor = Schema.String.check(Schema.isMaxLength(4000)).pipe(Schema.brand("TaskCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged and with the same filter and order.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type TaskCursor = typeof TaskCursor.Type

/** Which tasks, in the language of filters (docs/http.md). */
const FilterText = Schema.String.annotate({
  description:
    "Which tasks, in words such as `today`, `@home and not p3` or `created after 2026-10-01`: see \"Filters\" in docs/http.md. At most 2,000 characters.",
  examples: ["open and title:milk"]
})

/** A list that is kept by its name. */
const view = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ViewId")).annotate({
  description: "The id of a view: its tasks, in its order unless `sort` says another. `filter` is one condition more.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000d1" as never]
})

/** A query of a view, by its example. */
const ofView = { view: "0198c0de-7a5c-7000-8000-0000000000d1" as typeof view.Type }

/** What is right below a task. Said here, and not by a name: the reference would send the example of that. */
const parentId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("TaskId")).annotate({
  description: "Only the tasks right below this one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000b2" as never]
})

/** In which order. */
const sort = Schema.optionalKey(
  Schema.String.check(Schema.isMaxLength(200)).annotate({
    description:
      "The order: keys by comma, each with `-` before it for the other way round. What has none of a key is last both ways, and ties are by number. Without it the newest are first, of a search the best hits.",
    examples: ["priority,-created"]
  })
)

/** Which tasks a list is of. */
export const taskFilters = {
  filter: Schema.optionalKey(FilterText),
  view: Schema.optionalKey(view),
  completed: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "true: only what is done. false: only what is open.", examples: [false] })
  ),
  number: Schema.optionalKey(
    integerParameter(
      TaskNumber.annotate({ description: "Only the task of this number." }),
      "Expected the number of a task"
    )
  ),
  parentId: Schema.optionalKey(parentId)
}
export type TaskFilters = Required<Schema.Struct.Type<typeof taskFilters>>

const explain = Schema.optionalKey(
  Schema.Boolean.annotate({ description: "true: the answer says how the filter was understood.", examples: [true] })
)

/** Which tasks to list, and how many on a page (1 to 200, 50 when absent). */
export const TaskQuery = Schema.Struct({
  ...taskFilters,
  sort,
  explain,
  ...timeZoneParameter,
  limit: Schema.optionalKey(
    pageLimit("How many tasks at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(TaskCursor)
}).annotate({ examples: [{ filter: "open", sort: "due" }, ofView] })
export interface TaskQuery extends Schema.Schema.Type<typeof TaskQuery> {}

const listing = {
  identifier: "TaskListing",
  description: "Which tasks to list, in which order, and how many.",
  examples: [
    { filter: "open and title:milk", sort: "-created" },
    { filter: { and: [{ search: "milk" }, { not: { field: "priority", op: "=", value: "p3" } }] }, limit: 20 }
  ]
} as const

/** The same as a body, which has room for any filter, as a text or as a tree. */
export const TaskListing = Schema.Struct({
  filter: Schema.optionalKey(
    Schema.Union([FilterText, AnyTree]).annotate({ description: "Which tasks: words of a filter, or its tree." })
  ),
  view: Schema.optionalKey(view),
  completed: Schema.optionalKey(Schema.Boolean.annotate({ description: "As in `GET /api/v1/tasks`." })),
  number: Schema.optionalKey(TaskNumber.annotate({ description: "Only the task of this number." })),
  parentId: Schema.optionalKey(parentId),
  sort,
  explain,
  ...timeZoneParameter,
  limit: Schema.optionalKey(
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }, { message: "Expected a limit between 1 and 200" }))
      .annotate({ description: "How many tasks at the most.", examples: [50] })
  ),
  cursor: Schema.optionalKey(TaskCursor)
}).annotate(listing).check(
  // Said of the whole, so that the document has one name for a tree.
  Schema.makeFilter(({ filter }: { readonly filter?: string | FilterTree }) => {
    const most = typeof filter === "object" ? excess(filter) : undefined
    return most === undefined || { path: ["filter"], issue: `Expected ${most}` }
  })
).annotate(listing)
export interface TaskListing extends Schema.Schema.Type<typeof TaskListing> {}

/** How a filter was understood. */
export const FilterExplanation = Schema.Struct({
  filter: Schema.String.annotate({ description: "Its text, in one form.", examples: ["created:today"] }),
  tree: AnyTree,
  meaning: Schema.String.annotate({
    description: "What it means, with what it implies, in words.",
    examples: ["Tasks: open, and made on today (2026-10-01). Without the trash and archived projects."]
  })
}).annotate({ identifier: "FilterExplanation", description: "How a filter was understood." })

/** Some of the user's tasks, in order. */
export const TaskPage = Schema.Struct({
  items: Schema.Array(Task).annotate({ description: "In the order that was asked for, or the newest first." }),
  nextCursor: Schema.NullOr(TaskCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  }),
  explanation: Schema.optionalKey(FilterExplanation)
}).annotate({ identifier: "TaskPage", description: "Some of the user's tasks." })
export interface TaskPage extends Schema.Schema.Type<typeof TaskPage> {}

/** Which tasks to delete: those that a list with these filters has, of which there is one at least. */
export const TaskSelection = Schema.Struct({
  ...taskFilters,
  ...timeZoneParameter,
  dryRun: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "true: nothing is done, and the answer says how many it would be." })
  )
}).check(
  Schema.makeFilter(
    (query: Readonly<Record<string, unknown>>) =>
      Object.keys(taskFilters).some((name) => query[name] !== undefined)
      || `Expected a filter: ${Object.keys(taskFilters).join(" or ")}`
  )
).annotate({ examples: [{ completed: true }, ofView] })
export interface TaskSelection extends Schema.Schema.Type<typeof TaskSelection> {}

/** Which tasks to change, in the same way. */
export const TasksToChange = TaskSelection.annotate({ examples: [{ filter: "open" }, ofView] })

/** Which tasks to count. */
export const TasksToCount = Schema.Struct({ ...taskFilters, ...timeZoneParameter }).annotate({
  examples: [{ filter: "open" }, ofView]
})

/** How many tasks something was done with. */
export const TaskCount = Schema.Struct({
  count: Schema.Int.annotate({ description: "How many.", examples: [12] })
}).annotate({ identifier: "TaskCount", description: "How many tasks." })
