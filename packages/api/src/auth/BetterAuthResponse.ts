import { Effect, Option, Schema } from "effect"
import { HttpServerResponse, ProblemDetails } from "effect/http"
import { authTitle, refusalResponse } from "./AuthRefusal.ts"

/** Better Auth's errors, and those of its device flow, which are OAuth's. */
const Refusal = Schema.fromJsonString(Schema.Union([
  Schema.Struct({ code: Schema.String, message: Schema.String }),
  Schema.Struct({ error: Schema.String, error_description: Schema.String })
]))
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

const problem = (status: number, code: string, detail: string) => ({
  title: authTitle(code),
  status,
  detail,
  code
})

/** An error of OAuth (RFC 6749, 5.2), which has the members of a problem document, too. */
export const oauthError = (status: number, error: string, error_description: string) =>
  HttpServerResponse.jsonUnsafe(
    { ...problem(status, error, error_description), error, error_description },
    { status }
  )

/** What says nothing here: of the text before it was edited, and of a page to go to, which is in the body. */
const unwanted = ["content-length", "location"]

/** Better Auth's answer, read to its end; a refusal as a problem document that keeps the members its clients read. */
export const toResponse = (response: Response): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.map(Effect.promise(() => response.text()), (text) => {
    const { status } = response
    // The headers and cookies alone.
    const bare = unwanted.reduce(
      HttpServerResponse.removeHeader,
      HttpServerResponse.fromWeb(new Response(null, { status, headers: response.headers }))
    )
    const withBody = ({ body }: HttpServerResponse.HttpServerResponse) => HttpServerResponse.setBody(bare, body)
    if (status < 400) {
      return text === "" ? bare : withBody(HttpServerResponse.text(text, { contentType: "application/json" }))
    }
    return Option.match(decodeRefusal(text), {
      // No body of its own: the edge writes the problem for the status.
      onNone: () => HttpServerResponse.removeHeader(bare, "content-type"),
      onSome: (refusal) =>
        withBody(
          "error" in refusal
            ? oauthError(status, refusal.error, refusal.error_description)
            : refusalResponse({ status, ...refusal })
        )
    })
  })

const oauthErrors: Readonly<Record<number, readonly [error: string, description: string]>> = {
  401: ["unauthorized", "There is no live session"],
  413: ["invalid_request", "The body is too large"],
  415: ["invalid_request", "Send the parameters as a form, or as JSON"],
  429: ["slow_down", "Ask less often"],
  503: ["temporarily_unavailable", "Try again in a moment"]
}

/**
 * What the device flow answers, as clients of OAuth read it: whatever is refused is an error of theirs, in JSON, with
 * the members of its problem document.
 */
export const asOAuth = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const { body, headers, status } = response
  const known = oauthErrors[status]
  if (known === undefined) return response
  const [error, error_description] = known
  const members = headers["content-type"] === ProblemDetails.contentType && body._tag === "Uint8Array"
    ? JSON.parse(new TextDecoder().decode(body.body)) as object
    : {}
  return HttpServerResponse.setBody(
    response,
    HttpServerResponse.jsonUnsafe({
      ...problem(status, error, error_description),
      ...members,
      error,
      error_description
    })
      .body
  )
}
