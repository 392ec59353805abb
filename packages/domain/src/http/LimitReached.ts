import { Schema } from "effect"
import { batchIndex } from "./BatchIndex.ts"
import { ProblemClass } from "./ProblemClass.ts"

/** The user has as many of something as anybody may have (409). Nothing was done. */
export class LimitReached extends ProblemClass<LimitReached>()(
  "limit_reached",
  "The user has `max` of what `limit` names, the most that anybody may have.",
  {
    limit: Schema.String.annotate({ description: "Of what there are as many as there may be.", examples: ["tokens"] }),
    max: Schema.Int.annotate({ description: "How many there may be.", examples: [50] }),
    ...batchIndex
  }
) {}
