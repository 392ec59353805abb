import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"

/** What may be said of a word that cannot be read. */
const place = {
  position: Schema.Int.annotate({
    description: "Where the word begins, in UTF-16 code units from 0.",
    examples: [11]
  }),
  expected: Schema.String.annotate({
    description: "What may stand there, for people.",
    examples: ["a date, such as 2026-10-01, today or friday"]
  }),
  didYouMean: Schema.optionalKey(
    Schema.String.annotate({
      description: "What may have been meant, to be put there instead.",
      examples: ["tomorrow"]
    })
  )
}

/** The text of a filter, or of the order of a list, cannot be read (400). */
export class InvalidFilter extends ProblemClass<InvalidFilter>()(
  "invalid_filter",
  "The text of a filter, or of an order, cannot be read: `position` says where, `expected` what may stand there, and `didYouMean` what may have been meant.",
  {
    parameter: Schema.Literals(["filter", "sort"]).annotate({ description: "Which text it is.", examples: ["filter"] }),
    ...place,
    ...batchIndex
  }
) {}
