import { Effect, Option, Schema } from "effect"
import { HttpServerResponse, ProblemDetails } from "effect/http"
import { isOAuthError, isProblem, problemFor } from "../http/ProblemResponses.ts"
import { authTitle, refusalResponse } from "./AuthRefusal.ts"

/** Better Auth's errors, and those of its device flow, which are OAuth's. */
const Refusal = Schema.fromJsonString(Schema.Union([
  Schema.Struct({ code: Schema.String, message: Schema.String }),
  Schema.Struct({ error: Schema.String, error_description: Schema.String })
]))
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** An error of OAuth (RFC 6749, 5.2), which has the members of a problem document, too. */
export const oauthError = (status: number, error: string, error_description: string) =>
  HttpServerResponse.jsonUnsafe(
    { title: authTitle(error), status, detail: error_description, code: error, error, error_description },
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

/** What OAuth calls a request that did not get to an operation, by its status. */
const oauthErrors: Readonly<Record<number, string>> = {
  401: "unauthorized",
  413: "invalid_request",
  415: "invalid_request",
  429: "slow_down",
  503: "temporarily_unavailable"
}

/**
 * What the device flow answers, as clients of OAuth read it: whatever is refused is an error of theirs, in JSON, with
 * the members of its problem document, `code` among them: each kind of problem has its status, an error of OAuth none.
 */
export const asOAuth = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const { status } = response
  const error = oauthErrors[status]
  if (error === undefined || isOAuthError(response)) return response
  const bare = () => problemFor(status, status === 415 ? "Send the parameters as a form, or as JSON" : undefined)
  const { message: _, ...members } = membersOf(isProblem(response) ? response : bare())
  const body = { ...members, error, error_description: members.detail }
  return HttpServerResponse.setBody(response, HttpServerResponse.jsonUnsafe(body).body)
}

/** A request that its limits refuse, with what Better Auth's client library reads, as its other refusals have it. */
export const withMessage = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  if (response.status !== 429 || !isProblem(response)) return response
  const members = membersOf(response)
  const { contentType } = ProblemDetails
  const body = { ...members, message: members.detail }
  return HttpServerResponse.setBody(response, HttpServerResponse.jsonUnsafe(body, { contentType }).body)
}

const membersOf = ({ body }: HttpServerResponse.HttpServerResponse) =>
  JSON.parse(body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : "{}") as {
    readonly detail?: string
    readonly message?: string
  }
