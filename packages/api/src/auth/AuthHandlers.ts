import { Api } from "@todo/domain/Api"
import { problemType } from "@todo/domain/http/Problem"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, Option, Schema } from "effect"
import {
  HttpMethod,
  HttpRouter,
  HttpServerError,
  HttpServerRequest,
  HttpServerRespondable,
  HttpServerResponse,
  ProblemDetails
} from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { AppConfig } from "../Config.ts"
import { allowedMethods } from "../http/AllowedMethods.ts"
import { makeClientAddress } from "../http/ClientAddress.ts"
import { utf8Body } from "../http/Utf8Body.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { makeTokenExchange, scriptSecretOf } from "../tokens/TokenExchange.ts"
import { BetterAuth, trustedOrigins } from "./BetterAuth.ts"

/** Serves the contract's `auth`, and whatever else Better Auth's own client library asks for below `/api/auth`. */
export const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fn(function*(handlers) {
    const answer = yield* answerer
    const exchange = yield* makeTokenExchange
    const guarded = yield* guard
    return handlers
      .handleRaw("signUp", () => answer)
      .handleRaw("signIn", () => answer)
      .handleRaw("signOut", () => answer)
      .handleRaw(
        "token",
        ({ request }) =>
          Option.match(scriptSecretOf(request), {
            onNone: () => answer,
            onSome: (secret) => guarded(() => exchange(secret))
          })
      )
      .handleRaw("jwks", () => answer)
  })
)

/**
 * The operations of Better Auth that the contract does not name. What it does
 * name has been routed before: it comes here with a method that it does not have.
 */
export const AuthRoutes = HttpRouter.use((router) =>
  Effect.flatMap(
    answerer,
    (answer) =>
      router.add("*", "/api/auth/*", (request) =>
        contractMethods(request.url).length === 0
          ? answer
          : Effect.fail(
            new HttpServerError.HttpServerError({ reason: new HttpServerError.RouteNotFound({ request }) })
          ))
  )
)

const contractMethods = allowedMethods(Api, [])

/** Answers a request unless its origin may not send it, or its limits are used up. */
const guard = Effect.map(Effect.all([AppConfig, RateLimits]), ([config, limits]) => {
  const addressOf = makeClientAddress(config.trustedProxies)
  return (answer: (request: Request) => Effect.Effect<HttpServerResponse.HttpServerResponse, ServiceUnavailable>) =>
    Effect.gen(function*() {
      const request = yield* HttpServerRequest.HttpServerRequest
      const url = Option.getOrUndefined(HttpServerRequest.toURL(request))
      if (url === undefined) return badHost
      const { origin } = request.headers
      // Better Auth asks for the origin only where it sees a cookie or a browser's own headers.
      if (origin !== undefined && !trustedOrigins(config, url).includes(origin)) {
        return originNotAllowed
      }
      const webRequest = yield* toWebRequest(request, url, addressOf(request))
      return yield* limits.guard(webRequest, answer(webRequest))
    }).pipe(Effect.catch(HttpServerRespondable.toResponse))
})

const answerer = Effect.map(
  Effect.all([BetterAuth, guard]),
  ([auth, guarded]) => guarded((request) => Effect.flatMap(auth.handle(request), toResponse))
)

const badHost = HttpServerResponse.empty({ status: 400 })

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
    const body = HttpMethod.hasBody(request.method) ? yield* utf8Body(request) : undefined
    return new Request(url, {
      method: request.method,
      headers,
      ...(body !== undefined && body.byteLength > 0 ? { body } : {})
    })
  }
)

const toResponse = (response: Response) =>
  response.ok || response.status < 400 ? Effect.succeed(HttpServerResponse.fromWeb(response)) : toProblem(response)

const Refusal = Schema.fromJsonString(Schema.Struct({ code: Schema.String, message: Schema.String }))
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** Better Auth's error as a problem document that keeps the members its client library reads. */
const toProblem = Effect.fnUntraced(function*(response: Response) {
  const refusal = decodeRefusal(yield* Effect.promise(() => response.text()))
  // No body of its own: the edge writes the problem for the status.
  const bare = HttpServerResponse.fromWeb(new Response(null, response))
  return Option.match(refusal, {
    onNone: () => HttpServerResponse.removeHeader(bare, "content-type"),
    onSome: ({ code, message }) =>
      HttpServerResponse.setBody(
        bare,
        HttpServerResponse.jsonUnsafe({
          type: problemType("auth"),
          title: "Better Auth refused",
          status: response.status,
          detail: message,
          code,
          message
        }, { contentType: ProblemDetails.contentType }).body
      )
  })
})
