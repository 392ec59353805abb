import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"

/** The code that a mail's link brings; empty where there is none. */
export const codeOfUrl = Effect.map(
  HttpServerRequest.ParsedSearchParams,
  ({ token }) => typeof token === "string" ? token : ""
)
