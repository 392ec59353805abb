import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"

/** Where words are that cannot be meant so. */
export const wordsPlace = {
  path: Schema.Array(Schema.Union([Schema.String, Schema.Int])).annotate({
    description: "The slot (`payload`), then the way to the text.",
    examples: [["payload", "text"]]
  }),
  position: Schema.Int.annotate({
    description: "Where in the text it begins, in UTF-16 code units from 0.",
    examples: [9]
  }),
  ...batchIndex
}

/** A line is all dates and signs, and has no title (422). Nothing was done. */
export class EmptyTitle extends ProblemClass<EmptyTitle>()(
  "empty_title",
  "A line of the text is dates and signs alone, and nothing is left for a title.",
  wordsPlace
) {}

/** The user has no project that is called so (422). Nothing was done. */
export class UnknownProject extends ProblemClass<UnknownProject>()(
  "unknown_project",
  "The user has no project that the text calls so; `nearest` has names that may be meant.",
  {
    ...wordsPlace,
    nearest: Schema.Array(Schema.String).annotate({
      description: "Paths of projects that may be meant, the likeliest first: three at the most.",
      examples: [["Home", "Work/Home office"]]
    })
  }
) {}

/** Several projects are called so (422). Nothing was done. */
export class AmbiguousProject extends ProblemClass<AmbiguousProject>()(
  "ambiguous_project",
  "Several of the user's projects are called so; each of `paths` is one of them.",
  {
    ...wordsPlace,
    paths: Schema.Array(Schema.String).annotate({
      description: "The paths of those that are called so.",
      examples: [["Home/Misc", "Work/Misc"]]
    })
  }
) {}
