import { Schema } from "effect"
import { instant } from "../http/Instant.ts"
import { integerParameter, pageLimit } from "../http/IntegerParameter.ts"
import { Occurrence } from "./Occurrence.ts"

/** A date of a repeating task that was done, or passed over. */
export const Completion = Schema.Struct({
  occurrence: Occurrence,
  completedAt: instant("When it was done, or passed over."),
  skipped: Schema.Boolean.annotate({ description: "Whether it was passed over.", examples: [false] })
}).annotate({
  identifier: "Completion",
  description: "A date of a repeating task that was done, or passed over."
})

/** Where a page of completions ended. */
const CompletionCursor = Schema.String.check(Schema.isMaxLength(500)).annotate({
  description: "`nextCursor` of the page before, unchanged.",
  examples: ["eyJhZnRlciI6N30"]
})

/** How many completions to list (1 to 200, 50 when absent), and from where on. */
export const CompletionQuery = Schema.Struct({
  limit: Schema.optionalKey(pageLimit("How many completions at the most.")),
  cursor: Schema.optionalKey(CompletionCursor)
})
export interface CompletionQuery extends Schema.Schema.Type<typeof CompletionQuery> {}

/** Some of a task's completions. */
export const CompletionPage = Schema.Struct({
  items: Schema.Array(Completion).annotate({ description: "The last first." }),
  nextCursor: Schema.NullOr(CompletionCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "CompletionPage", description: "Some of what was done of a repeating task." })

/** The most dates that are told of what comes. */
const mostOccurrences = 100

/** How many dates are to be told. */
export const OccurrenceQuery = {
  count: Schema.optionalKey(
    integerParameter(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: mostOccurrences })).annotate({
        description: "How many, 1 to 100; 10 when absent.",
        examples: [10]
      }),
      `Expected 1 to ${mostOccurrences}`
    )
  )
}

/** A date of a repetition that comes. */
const Coming = Schema.Struct({
  occurrence: Occurrence,
  at: Schema.NullOr(instant("Its instant, for who asks.")).pipe(
    Schema.annotateEncoded({ description: "Its instant, for who asks; null where it has no time." })
  )
}).annotate({ identifier: "ComingOccurrence", description: "A date of a repetition that comes." })

/** The dates of a repetition that come. */
export const Occurrences = Schema.Struct({
  items: Schema.Array(Coming).annotate({ description: "The one that the task is now, and those after it." })
}).annotate({ identifier: "Occurrences", description: "The dates of a repetition that come." })
