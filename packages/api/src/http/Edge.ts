import { Api } from "@todo/domain/Api"
import { Cause, Clock, Effect } from "effect"
import { HttpMiddleware, HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { AppConfig } from "../Config.ts"
import { allowedMethods } from "./AllowedMethods.ts"
import { asProblem, problemFor, responseFor } from "./ProblemResponses.ts"
import { requestIdOf } from "./RequestId.ts"
import { makeSecurityHeaders } from "./SecurityHeaders.ts"

/**
 * What every request passes first and every response last: security headers, CORS, the request's
 * id, problem documents for whatever failed, and a line in the log.
 */
export const Edge = HttpRouter.middleware(
  Effect.gen(function*() {
    const { corsOrigins, publicUrl } = yield* AppConfig
    const secured = makeSecurityHeaders(publicUrl)
    const allowed = allowedMethods(Api, {
      "/openapi.json": ["GET"],
      "/docs": ["GET"],
      "/device": ["GET", "POST"],
      "/device/approved": ["GET"],
      "/device/denied": ["GET"],
      "/reset-password": ["GET", "POST"],
      "/reset-password/asked": ["GET"],
      "/reset-password/done": ["GET"],
      "/verify-email": ["GET", "POST"],
      "/verify-email/done": ["GET"]
    })

    const cors = HttpMiddleware.cors({
      // A function: with an empty list the middleware would allow every origin.
      allowedOrigins: (origin) => corsOrigins.includes(origin),
      credentials: true,
      // The last three are what tracing sends; Effect's own client does unless told otherwise.
      allowedHeaders: [
        "Authorization",
        "Content-Type",
        "If-Match",
        "If-None-Match",
        "Idempotency-Key",
        "X-Request-Id",
        "traceparent",
        "tracestate",
        "b3"
      ],
      exposedHeaders: [
        "ETag",
        "Location",
        "X-Request-Id",
        "WWW-Authenticate",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "Set-Auth-Token",
        "Idempotency-Replayed"
      ],
      maxAge: 600
    })

    const answer = <E, R>(app: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
      Effect.gen(function*() {
        const request = yield* HttpServerRequest.HttpServerRequest
        const clock = yield* Clock.Clock
        const startedAt = clock.currentTimeMillisUnsafe()
        const requestId = yield* requestIdOf(request)
        // Node would refuse it without a body (RFC 9112, 3.2).
        const answered = request.headers.host === undefined ? Effect.succeed(problemFor(400)) : app
        return yield* answered.pipe(
          Effect.catchCauseIf(
            // After an interruption nobody is left to answer: the client is gone.
            (cause) => !Cause.hasInterruptsOnly(cause),
            (cause) => responseFor(cause, request, allowed)
          ),
          Effect.map((response) =>
            HttpServerResponse.setHeaders(asProblem(response, requestId), {
              "x-request-id": requestId,
              ...cacheControl(request.url)
            })
          ),
          Effect.tap((response) => logRequest(request, response.status, clock.currentTimeMillisUnsafe() - startedAt)),
          Effect.annotateLogs("requestId", requestId)
        )
      })

    return (app) =>
      Effect.gen(function*() {
        const { url } = yield* HttpServerRequest.HttpServerRequest
        return secured(yield* cors(answer(app)), url.split("?", 1)[0]!)
      })
  }),
  { global: true }
)

/** What is somebody's own is kept by nobody in between, and by a browser only to ask whether it has changed. */
const cacheControl = (url: string) =>
  url.startsWith("/api/auth/")
    ? { "cache-control": "no-store" }
    : url.startsWith("/api/")
    ? { "cache-control": "private, no-cache" }
    : {}

const logRequest = (request: HttpServerRequest.HttpServerRequest, status: number, millis: number) => {
  const path = request.url.split("?", 1)[0]!
  const log = path.startsWith("/health/") ? Effect.logDebug : Effect.logInfo
  return log(`${request.method} ${path} ${status} ${millis}ms`)
}
