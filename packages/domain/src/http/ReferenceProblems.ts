import { Schema } from "effect"
import { batchIndex } from "./BatchIndex.ts"
import { ProblemClass } from "./ProblemClass.ts"

/** Where in the request it is. */
const path = Schema.Array(Schema.Union([Schema.String, Schema.Int])).annotate({
  description: "Where in the request it is, as `errors` of `invalid_request` have it.",
  examples: [["payload", "projectId"]]
})

/** The user has nothing of the id that stands in the request (422). Nothing was done. */
export class ReferenceNotFound extends ProblemClass<ReferenceNotFound>()(
  "reference_not_found",
  "The user has nothing of the id at `path`.",
  { path, ...batchIndex }
) {}

/** What the request makes would be above itself, or wait for itself, over others or at once (422). Nothing was done. */
export class Cycle extends ProblemClass<Cycle>()(
  "cycle",
  "What the request makes would be above itself, or wait for itself, over others or at once.",
  { path, ...batchIndex }
) {}

/** Another is called so, in some spelling (409). Nothing was done. */
export class NameTaken extends ProblemClass<NameTaken>()(
  "name_taken",
  "Another of the user's things, where names tell things apart, is called so, in some spelling.",
  batchIndex
) {}
