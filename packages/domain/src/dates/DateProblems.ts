import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"

/** Where in a text of words it is. */
const position = Schema.optionalKey(
  Schema.Int.annotate({
    description: "Where in the text it begins that cannot be read, in UTF-16 code units from 0, where it is words.",
    examples: [5]
  })
)

const place = {
  path: Schema.Array(Schema.Union([Schema.String, Schema.Int])).annotate({
    description: "The slot (`payload`, `query` or `headers`), then the way to the value.",
    examples: [["payload", "due", "timeZone"]]
  }),
  ...batchIndex
}

/** There is a time or a zone without what it is of (422). */
export class InvalidDate extends ProblemClass<InvalidDate>()(
  "invalid_date",
  "There is a time or a zone without a date, or a zone without a time; or words that are no date.",
  { ...place, position }
) {}

/** No zone has this name (422). */
export class UnknownTimeZone extends ProblemClass<UnknownTimeZone>()(
  "unknown_time_zone",
  "No time zone has this name; `nearest` has names that may be meant.",
  {
    ...place,
    nearest: Schema.Array(Schema.String).annotate({
      description: "Names of zones that may be meant, the likeliest first.",
      examples: [["America/Los_Angeles", "America/Denver"]]
    })
  }
) {}

/** A rule that is none, or that can never come (422). */
export class InvalidRule extends ProblemClass<InvalidRule>()(
  "invalid_rule",
  "The rule is not one that the service knows, or can never come; `detail` says why.",
  { ...place, position }
) {}

/** The words are a repetition that no rule says (422). Nothing was done. */
export class RecurrenceNotExpressible extends ProblemClass<RecurrenceNotExpressible>()(
  "recurrence_not_expressible",
  "The words are a repetition that no rule says; nothing near it is put in its place.",
  { ...place, position }
) {}

/** A task would repeat and have no date (422). */
export class RepeatNeedsDue extends ProblemClass<RepeatNeedsDue>()(
  "repeat_needs_due",
  "The task would repeat and have no `due`.",
  place
) {}

/** A task does not repeat (422). */
export class NotRepeating extends ProblemClass<NotRepeating>()(
  "not_repeating",
  "The task has no repetition.",
  place
) {}

/** A time that has not come yet (422). */
export class InTheFuture extends ProblemClass<InTheFuture>()(
  "in_the_future",
  "The time has not come yet.",
  place
) {}

/** What would be done twice if it were sent twice has no `If-Match` (428). */
export class PreconditionRequired extends ProblemClass<PreconditionRequired>()(
  "precondition_required",
  "A task that repeats is completed by `completed: true` only with `If-Match`.",
  batchIndex
) {}

/** What the dates of a task may be refused for, by their code. */
export const dateProblems = [
  InvalidDate,
  UnknownTimeZone,
  InvalidRule,
  RecurrenceNotExpressible,
  RepeatNeedsDue
] as const
