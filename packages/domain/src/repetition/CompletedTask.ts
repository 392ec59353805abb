import { Schema } from "effect"
import { Task } from "../tasks/Task.ts"
import { Occurrence } from "./Occurrence.ts"

/** The date of the repetition that the client saw: where the task has moved on since, nothing happens. */
const occurrence = Schema.optionalKey(Occurrence)

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** An instant, as RFC 3339 writes it, in UTC or with an offset. */
const completedAt = Schema.String.annotate({
  description: "When it was done, if that was before; never in the future.",
  format: "date-time",
  examples: ["2026-10-24T18:00:00.000Z"]
}).check(
  Schema.makeFilter((text: string) =>
    (instantShape.test(text) && Date.parse(text) >= 0) || "Expected an instant, such as 2026-10-24T18:00:00Z"
  )
)

/** How a task is done. */
export const NewCompletion = Schema.Struct({
  occurrence,
  completedAt: Schema.optionalKey(completedAt),
  children: Schema.optionalKey(
    Schema.Literals(["complete", "keep"]).annotate({
      message: "Expected complete or keep",
      description:
        "What becomes of open tasks below it: `complete` completes them with it, at all depths; `keep` leaves them open. Left out, it is not completed where there are any. Those that repeat are by themselves.",
      examples: ["complete"]
    })
  ),
  force: Schema.optionalKey(
    Schema.Boolean.annotate({
      description: "true completes it though it waits for a task that is open.",
      default: false,
      examples: [true]
    })
  )
}).annotate({
  identifier: "NewCompletion",
  description: "How a task is done.",
  examples: [{}, { occurrence: "2026-10-25" as never }, { children: "complete" }, { force: true }]
})
export interface NewCompletion extends Schema.Schema.Type<typeof NewCompletion> {}

/** How a date of a task is passed over. */
export const Skip = Schema.Struct({ occurrence }).annotate({
  identifier: "Skip",
  description: "How a date of a task is passed over.",
  examples: [{}, { occurrence: "2026-10-25" as never }]
})
export interface Skip extends Schema.Schema.Type<typeof Skip> {}

/** A task after it was done, or a date of it passed over. */
export const CompletedTask = Schema.Struct({
  ...Task.fields,
  advanced: Schema.Boolean.annotate({
    description: "Whether something was done now: false where the task was done already, or was past `occurrence`.",
    examples: [true]
  })
}).annotate({ identifier: "CompletedTask", description: "A task after it was done, or a date of it passed over." })
export interface CompletedTask extends Schema.Schema.Type<typeof CompletedTask> {}
