import { Schema } from "effect"
import { HttpApiError } from "effect/http-api"
import { problemCode, problemMembers, problemType } from "./Problem.ts"

/** The user has as many of something as anybody may have (409). Nothing was done. */
export class LimitReached extends HttpApiError.Problem<LimitReached>()(
  "LimitReached",
  {
    type: problemType("limit_reached"),
    status: 409,
    title: "There are as many as there may be"
  },
  {
    code: problemCode("limit_reached"),
    ...problemMembers,
    limit: Schema.String.annotate({ description: "Of what there are as many as there may be.", examples: ["tokens"] }),
    max: Schema.Int.annotate({ description: "How many there may be.", examples: [50] })
  },
  {
    identifier: "LimitReached",
    description: "The user has `max` of what `limit` names, the most that anybody may have."
  }
) {}
