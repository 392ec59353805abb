import { Schema } from "effect"
import { ProblemClass } from "../http/ProblemClass.ts"
import { PlannedThing } from "./Plan.ts"

/** How many problems are named in an answer. */
export const mostProblemsNamed = 100

/** Some of the document cannot be imported, and nothing was (422). With `partial` the rest is. */
export class ImportRefused extends ProblemClass<ImportRefused>()(
  "import_refused",
  "Some of the document cannot be imported, and `partial` is not asked for. Nothing was done.",
  {
    count: Schema.Int.annotate({ description: "How many things cannot be imported.", examples: [1] }),
    problems: Schema.Array(PlannedThing).annotate({ description: "The first 100 of them." })
  }
) {}
