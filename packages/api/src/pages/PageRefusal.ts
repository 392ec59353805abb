import { Data, Effect } from "effect"
import { HttpServerRespondable, type HttpServerResponse } from "effect/http"

/** Ends the answer to a request with a page that says why. */
export class PageRefusal extends Data.TaggedError("PageRefusal")<{
  readonly page: HttpServerResponse.HttpServerResponse
}> {
  [HttpServerRespondable.symbol]() {
    return Effect.succeed(this.page)
  }
}
