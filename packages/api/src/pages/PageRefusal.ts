import { Data, Effect } from "effect"
import { HttpServerRespondable, type HttpServerResponse } from "effect/http"

/** Ends a handler with this answer: a page, or a problem document that becomes one (ProblemPage.ts). */
export class PageRefusal extends Data.TaggedError("PageRefusal")<{
  readonly response: HttpServerResponse.HttpServerResponse
}> {
  [HttpServerRespondable.symbol]() {
    return Effect.succeed(this.response)
  }
}
