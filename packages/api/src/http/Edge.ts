import { Api } from "@todo/domain/Api"
import { Cause, Context, Effect, type Fiber } from "effect"
import { HttpMiddleware, HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import type { IncomingMessage } from "node:http"
import { AppConfig } from "../Config.ts"
import { inServerSpan } from "../observability/Tracing.ts"
import { Admission } from "./Admission.ts"
import { allow, allowedMethods, literalMethods } from "./AllowedMethods.ts"
import { EdgeRequest } from "./EdgeRequest.ts"
import { inBytes } from "./LargeAnswers.ts"
import { prefersPage } from "./MediaType.ts"
import { mediaTypeAdvice, optionsOf } from "./Options.ts"
import { asProblem, isProblem, problemFor, responseFor } from "./ProblemResponses.ts"
import { requestIdOf } from "./RequestId.ts"
import { recordRequest } from "./RequestRecord.ts"
import { makeTargetCheck } from "./RequestTarget.ts"
import { makeSecurityHeaders } from "./SecurityHeaders.ts"
import { Site } from "./Site.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * What every request passes first and every response last: security headers, CORS, the request's
 * id, a place among those at work, problem documents for whatever failed, and a line in the log.
 */
export const Edge = HttpRouter.middleware(
  Effect.gen(function*() {
    const { corsOrigins, otlpEndpoint, publicUrl } = yield* AppConfig
    const admission = yield* Admission
    const { paths, problemPage } = yield* Site
    const secured = makeSecurityHeaders(publicUrl)
    const refusalOfTarget = makeTargetCheck(publicUrl)
    const allowed = allowedMethods(Api, paths)
    const literal = literalMethods(Api)
    const refusalOf = (request: HttpServerRequest.HttpServerRequest) => {
      const methods = literal(request.url)
      return refusalOfTarget(request.source as IncomingMessage) ??
        (methods.length === 0 || methods.includes(request.method)
          ? undefined
          : HttpServerResponse.setHeaders(problemFor(405), allow(methods)))
    }

    const cors = HttpMiddleware.cors({
      // A function: with an empty list the middleware would allow every origin.
      allowedOrigins: (origin) => corsOrigins.includes(origin),
      credentials: true,
      // The last five are what tracing sends; Effect's own client does unless told otherwise.
      allowedHeaders: [
        "Authorization",
        "Content-Type",
        "If-Match",
        "If-None-Match",
        "Idempotency-Key",
        "Last-Event-ID",
        "Said-At",
        "Task-Ids",
        "Time-Zone",
        "X-Request-Id",
        "traceparent",
        "tracestate",
        "b3",
        "baggage",
        "sentry-trace"
      ],
      exposedHeaders: [
        "ETag",
        "Location",
        "X-Request-Id",
        "Todo-Version",
        "WWW-Authenticate",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "Set-Auth-Token",
        "Idempotency-Replayed",
        "Operation-Id",
        "Accept-Encoding",
        "Accept-Patch"
      ],
      // The longest that Chromium takes: each URL, with its query, has a preflight of its own.
      maxAge: 7200
    })

    const answer = <E, R>(
      app: Effect.Effect<Response, E, R>,
      request: HttpServerRequest.HttpServerRequest,
      fiber: Fiber.Fiber<unknown, unknown>
    ) => {
      const arrivedAt = admission.arrivalOf(request.source)
      const requestId = requestIdOf(request.headers["x-request-id"])
      // Health is told also when there is too much to do.
      const counted = request.url.startsWith("/health/") ? app : admission.admit(request.source, fiber, app)
      const answered = counted.pipe(
        Effect.catchCauseIf(
          // After an interruption nobody is left to answer: the client is gone.
          (cause) => !Cause.hasInterruptsOnly(cause),
          (cause) => responseFor(cause, request, allowed)
        ),
        Effect.map((answer) => {
          const problem = asProblem(answer, requestId, publicUrl)
          const response = isForPeople(request, problem) ? problemPage(problem) : problem
          // In one step: each copies all headers.
          return HttpServerResponse.setHeaders(inBytes(response), {
            "x-request-id": requestId,
            ...cacheControl(request.url, response),
            ...(response.status === 415 ? mediaTypeAdvice(request) : undefined),
            ...secured(response),
            ...connection(request),
            "vary": varyOf(request.url, response.headers["vary"])
          })
        }),
        Effect.tap((response) =>
          recordRequest(fiber, request, requestId, response, (performance.now() - arrivedAt) / 1000)
        ),
        Effect.annotateLogs("requestId", requestId)
      )
      return otlpEndpoint === undefined ? answered : inServerSpan(request, answered)
    }

    return <E, R>(app: Effect.Effect<Response, E, R>) =>
      Effect.withFiber<Response, E, R | HttpServerRequest.HttpServerRequest>((fiber) => {
        const request = Context.getUnsafe(fiber.context, HttpServerRequest.HttpServerRequest)
        const refusal = refusalOf(request)
        // A preflight is answered by `cors` alone, for a path that is not there too: the page has to see the 404.
        if (request.method === "OPTIONS" && refusal === undefined) {
          const methods = request.url === "*" ? everything : allowed(request.url)
          if (methods.length > 0 || isPreflight(request)) {
            return Effect.map(
              cors(app),
              (response) =>
                HttpServerResponse.setHeaders(response, {
                  "x-request-id": requestIdOf(request.headers["x-request-id"]),
                  ...optionsOf(methods),
                  ...secured(response),
                  ...connection(request)
                })
            )
          }
        }
        const answered = answer(refusal === undefined ? app : Effect.succeed(refusal), request, fiber)
        // `cors` would answer OPTIONS itself.
        return request.headers["origin"] === undefined || request.method === "OPTIONS" ? answered : cors(answered)
      })
  }),
  { global: true }
)

/** Nobody reads a body that is not wanted: what comes on the connection would be no request. */
const connection = ({ source }: HttpServerRequest.HttpServerRequest) =>
  source instanceof EdgeRequest && source.abandon() ? { connection: "close" } : {}

/**
 * What an answer depends on beside its URL: below `/api/v1` on who asks, though no cache in between may have it, and
 * outside of the API on whether it would be a page, which an error is everywhere.
 */
const varyOf = (url: string, others: string | undefined) => {
  const own = url.startsWith("/api/v1/")
    ? "Authorization, Time-Zone, Origin"
    : url.startsWith("/api/")
    ? "Origin"
    : "Accept, Origin"
  return others === undefined ? own : `${others}, ${own}`
}

/** What `OPTIONS *` is told of the service. */
const everything = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"]

const isPreflight = ({ headers }: HttpServerRequest.HttpServerRequest) =>
  headers["origin"] !== undefined && headers["access-control-request-method"] !== undefined

/** Whether a problem is told to somebody who has followed a link, or typed an address, and not to a program. */
const isForPeople = ({ headers, url }: HttpServerRequest.HttpServerRequest, response: Response) =>
  response.status >= 400 && !url.startsWith("/api/") && isProblem(response) === true && prefersPage(headers["accept"])

/**
 * What is somebody's own is kept by nobody in between, and by a browser only to ask whether it has changed. Nor is an
 * error kept by anybody, or what has a query: there is no end of those, and a query may be a secret.
 */
const cacheControl = (url: string, { body, status }: Response) =>
  // It is what happens now.
  body._tag === "Stream"
    ? { "cache-control": "no-store" }
    : url.startsWith("/api/auth/")
    // A new key signs when it has been published for three minutes: who keeps the others for one does not miss it.
    ? { "cache-control": url === "/api/auth/jwks" && status === 200 ? "public, max-age=60" : "no-store" }
    : url.startsWith("/api/")
    ? { "cache-control": "private, no-cache" }
    : status >= 400 || url.includes("?")
    ? { "cache-control": "no-store" }
    : {}
