import { type ProblemCode, problemKinds } from "@todo/domain/http/ProblemKinds"
import { Cause, Effect } from "effect"
import { Headers, HttpServerError, type HttpServerRequest, HttpServerResponse, ProblemDetails } from "effect/http"
import { allow, type AllowedMethods } from "./AllowedMethods.ts"
import { problemAddress } from "./ProblemAddress.ts"

type Response = HttpServerResponse.HttpServerResponse

/** The kinds of an error that no schema of the contract describes, and what is usually said of it. */
const usual = {
  invalid_request: "The request cannot be read",
  unauthorized: "There is no live session",
  forbidden: "This is not allowed",
  not_found: "No operation has this path",
  method_not_allowed: "The path is right, the method is not: see Allow",
  request_timeout: "The request did not arrive in time",
  body_too_large: "The body is longer than the operation takes",
  unsupported_media_type: "Send JSON: application/json, or to PATCH application/merge-patch+json",
  expectation_failed: "Expect may be 100-continue, nothing else",
  misdirected_request: "Host is not that of PUBLIC_URL: see this setting",
  rate_limited: "Try again later",
  headers_too_large: "The headers are longer than the service reads",
  internal_error: "The log has the details under this request id",
  service_unavailable: "Try again in a moment"
} satisfies Partial<Record<ProblemCode, string>>

const kindOf = new Map<number, keyof typeof usual>(
  (Object.keys(usual) as Array<keyof typeof usual>).map((code) => [problemKinds[code].status, code])
)

/** Writes the problem document (RFC 9457) for a bare status; `detail`, if there is more to say than usual. */
export const problemFor = (status: number, detail?: string): Response => {
  const code = kindOf.get(status) ?? (status < 500 ? "invalid_request" : "internal_error")
  // What could not be read has no places that could be named.
  return write(status, code, detail ?? usual[code], status === 400 ? { errors: [] } : {})
}

/** The same for a code, with members beyond the usual. */
export const problemOf = (
  code: ProblemCode,
  detail: string,
  others: Readonly<Record<string, unknown>> = {}
): Response => write(problemKinds[code].status, code, detail, others)

const write = (
  status: number,
  code: ProblemCode,
  detail: string,
  others: Readonly<Record<string, unknown>>
): Response =>
  HttpServerResponse.jsonUnsafe({ title: problemKinds[code].title, status, detail, code, ...others }, {
    status,
    contentType: ProblemDetails.contentType
  })

interface Problem {
  readonly type?: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
}

/** Every 401 says how to authenticate (RFC 9110, 11.6.1), and every 503 when to try again (10.2.3). */
const advice: Record<number, Headers.Headers> = {
  401: Headers.fromRecordUnsafe({ "www-authenticate": "Bearer realm=\"todo\"" }),
  503: Headers.fromRecordUnsafe({ "retry-after": "1" })
}

/** Whether it is a problem document. */
export const isProblem = (response: Response) =>
  response.headers["content-type"]?.startsWith(ProblemDetails.contentType)

/**
 * Whether it is an error of OAuth (RFC 6749, 5.2), which has the members of a problem document: its clients want plain
 * JSON. Nothing else answers an error with it.
 */
export const isOAuthError = (response: Response) =>
  response.headers["content-type"]?.startsWith("application/json") === true

/** Whether it is a page, which says itself what is wrong, to a person. */
export const isPage = (response: Response) => response.headers["content-type"]?.startsWith("text/html") === true

/** Gives an error response its problem document, if it has none yet and is no page, with its address and the request's id. */
export const asProblem = (response: Response, requestId: string, publicUrl: string): Response => {
  if (response.status < 400) return response
  if (isPage(response)) return HttpServerResponse.setHeaders(response, advice[response.status] ?? Headers.empty)
  const problem = isProblem(response) || isOAuthError(response)
    ? response
    : HttpServerResponse.setHeaders(problemFor(response.status), Headers.remove(response.headers, "content-length"))
  const body = problem.body
  if (body._tag !== "Uint8Array") return response
  const { type: _, title, status, detail, code, ...others } = JSON.parse(
    new TextDecoder().decode(body.body)
  ) as Problem
  const type = problemAddress(publicUrl, code)
  return HttpServerResponse.jsonUnsafe({ type, title, status, detail, code, requestId, ...others }, {
    status: response.status,
    headers: Headers.merge(advice[response.status] ?? Headers.empty, problem.headers),
    cookies: response.cookies,
    contentType: isOAuthError(response) ? "application/json" : ProblemDetails.contentType
  })
}

/** The response for a request that failed: what it tells the client, never more. What is our fault is logged. */
export const responseFor = <E>(
  cause: Cause.Cause<E>,
  request: HttpServerRequest.HttpServerRequest,
  allowed: AllowedMethods
): Effect.Effect<Response> => {
  const error = Cause.squash(cause)
  if (HttpServerError.isHttpServerError(error)) {
    const { reason } = error
    if (reason._tag === "RouteNotFound") {
      const methods = allowed(request.url)
      return Effect.succeed(
        methods.length === 0
          ? problemFor(404)
          : HttpServerResponse.setHeaders(problemFor(405), allow(methods))
      )
    }
    if (reason._tag === "RequestParseError") return Effect.succeed(problemFor(400))
  }
  return Effect.as(Effect.logError("A request failed", cause), problemFor(500))
}
