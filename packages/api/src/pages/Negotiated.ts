import { Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { preferredMediaType } from "../http/MediaType.ts"
import { plainText } from "../http/PlainText.ts"

type Response = HttpServerResponse.HttpServerResponse

/** The same for people and for programs, as `Accept` likes it: JSON where it likes all of them. */
export const negotiated = (content: {
  readonly page: () => Response
  readonly json: () => unknown
  readonly text: () => string
}): Effect.Effect<Response, never, HttpServerRequest.HttpServerRequest> =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => {
    const type = preferredMediaType(headers["accept"], ["application/json", "text/html", "text/plain"])
    const response = type === "text/html"
      ? content.page()
      : type === "text/plain"
      ? plainText(content.text())
      : HttpServerResponse.jsonUnsafe(content.json())
    return HttpServerResponse.setHeaders(response, { "cache-control": keptForAMinute })
  })

/** As the documentation is. */
const keptForAMinute = "public, max-age=60, must-revalidate"
