import { HttpApi } from "effect/http-api"

/** A contract without operations: what a request says that is not known is an error, and all that is wrong is told at once. */
export const strictApi = HttpApi.make("todo")
  .annotate(HttpApi.QueryParseOptions, { onExcessProperty: "error", errors: "all" })
  .annotate(HttpApi.PayloadParseOptions, { onExcessProperty: "error", errors: "all" })
