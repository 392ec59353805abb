import { Cause, Effect, Schema } from "effect"
import { Headers, HttpServerRequest, HttpServerRespondable, HttpServerResponse } from "effect/http"
import { isPage, isProblem, problemFor, responseFor } from "../http/ProblemResponses.ts"
import { html, nothing } from "./Html.ts"
import { page } from "./Page.ts"

type Response = HttpServerResponse.HttpServerResponse

const decodeProblem = Schema.decodeUnknownSync(
  Schema.fromJsonString(
    Schema.Struct({ title: Schema.String, detail: Schema.String, requestId: Schema.optionalKey(Schema.String) })
  )
)

/** Tells a person what a problem document tells a program, with its status and headers, such as `Retry-After`. */
export const problemPage = (problem: Response): Response => {
  const { body, headers, status } = problem
  const { detail, requestId, title } = decodeProblem(
    body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
  )
  const shown = page({
    status,
    title,
    main: html`<p>${detail}.</p>${requestId === undefined ? nothing : idOf(requestId)}`
  })
  const kept = Headers.removeMany(headers, ["content-type", "content-length"])
  return HttpServerResponse.setHeaders(shown, Headers.merge(kept, shown.headers))
}

const idOf = (requestId: string) =>
  html`
<p class="soft">Request id: <code class="long">${requestId}</code></p>`

/** Answers a browser: whatever fails, or is refused with a problem document, becomes a page. */
export const answeringWithPages = <E extends HttpServerRespondable.Respondable, R>(
  answer: Effect.Effect<Response, E, R>
) =>
  Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const response = yield* answer.pipe(
      Effect.catch(HttpServerRespondable.toResponse),
      Effect.catchCauseIf(
        (cause) => !Cause.hasInterruptsOnly(cause),
        (cause) => responseFor(cause, request, () => [])
      )
    )
    if (response.status < 400 || isPage(response)) return response
    return problemPage(isProblem(response) ? response : problemFor(response.status))
  })
