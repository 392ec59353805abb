import { problemType } from "@todo/domain/http/Problem"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, Option, Schema } from "effect"
import { HttpMethod, HttpServerRequest, HttpServerRespondable, HttpServerResponse, ProblemDetails } from "effect/http"
import { AppConfig } from "../Config.ts"
import { makeClientAddress } from "../http/ClientAddress.ts"
import { trustedOrigins } from "../http/Origins.ts"
import { utf8Body } from "../http/Utf8Body.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { BetterAuth } from "./BetterAuth.ts"

/** Answers a request unless its origin may not send it, or its limits are used up. */
export const guard = Effect.map(Effect.all([AppConfig, RateLimits]), ([config, limits]) => {
  const addressOf = makeClientAddress(config.trustedProxies)
  const trusted = trustedOrigins(config)
  return (answer: (request: Request) => Effect.Effect<HttpServerResponse.HttpServerResponse, ServiceUnavailable>) =>
    Effect.gen(function*() {
      const request = yield* HttpServerRequest.HttpServerRequest
      const { origin } = request.headers
      // Better Auth asks for the origin only where it sees a cookie or a browser's own headers.
      if (origin !== undefined && !trusted.includes(origin)) {
        return originNotAllowed
      }
      const webRequest = yield* toWebRequest(request, new URL(config.publicUrl + request.url), addressOf(request))
      return yield* limits.guard(webRequest, answer(webRequest))
    }).pipe(Effect.catch(HttpServerRespondable.toResponse))
})

/** Answers the request at hand with Better Auth. */
export const answerer = Effect.map(
  Effect.all([BetterAuth, guard]),
  ([auth, guarded]) => guarded((request) => Effect.flatMap(auth.handle(request), toResponse))
)

const originNotAllowed = ProblemDetails.toResponse({
  type: problemType("origin_not_allowed"),
  title: "The origin is not allowed",
  status: 403,
  detail: "Pages of this origin may not use the service: see CORS_ORIGINS",
  code: "origin_not_allowed",
  message: "Pages of this origin may not use the service"
})

/** The request as Better Auth reads it: with its body in memory, and with the client's address, whatever a client wrote there. */
const toWebRequest = Effect.fnUntraced(
  function*(request: HttpServerRequest.HttpServerRequest, url: URL, address: string) {
    const headers = new Headers(request.headers)
    headers.set("x-client-ip", address)
    // A cookie approves a device on the service's own page alone: a frontend of another origin has no say in it.
    if (/^\/api\/auth\/device(\/|$)/.test(url.pathname)) headers.delete("cookie")
    const body = HttpMethod.hasBody(request.method) ? yield* utf8Body(request) : undefined
    return new Request(url, {
      method: request.method,
      headers,
      ...(body !== undefined && body.byteLength > 0 ? { body } : {})
    })
  }
)

/** Better Auth's answer; a refusal as a problem document. */
export const toResponse = (response: Response) =>
  response.ok || response.status < 400 ? Effect.succeed(HttpServerResponse.fromWeb(response)) : toProblem(response)

/** Better Auth's errors, and those of its device flow, which are OAuth's. */
const Refusal = Schema.fromJsonString(Schema.Union([
  Schema.Struct({ code: Schema.String, message: Schema.String }),
  Schema.Struct({ error: Schema.String, error_description: Schema.String })
]))
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** Better Auth's error as a problem document that keeps the members its client library reads. */
const toProblem = Effect.fnUntraced(function*(response: Response) {
  const refusal = decodeRefusal(yield* Effect.promise(() => response.text()))
  // No body of its own: the edge writes the problem for the status.
  const bare = HttpServerResponse.fromWeb(new Response(null, response))
  return Option.match(refusal, {
    onNone: () => HttpServerResponse.removeHeader(bare, "content-type"),
    onSome: (refusal) => {
      const [code, detail] = "error" in refusal
        ? [refusal.error, refusal.error_description]
        : [refusal.code, refusal.message]
      return HttpServerResponse.setBody(
        bare,
        HttpServerResponse.jsonUnsafe({
          type: problemType("auth"),
          title: "Better Auth refused",
          status: response.status,
          detail,
          code,
          ...refusal
        }, { contentType: ProblemDetails.contentType }).body
      )
    }
  })
})
