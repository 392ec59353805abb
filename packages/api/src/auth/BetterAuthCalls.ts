import { Effect, Option, Schema } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { AppConfig } from "../Config.ts"
import { makeClientAddress } from "../http/ClientAddress.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { BetterAuth } from "./BetterAuth.ts"
import { toResponse } from "./BetterAuthMount.ts"

/** An operation below `/api/auth`, as a page of the service itself uses it. */
export interface Call {
  readonly method: "GET" | "POST"
  readonly path: `/${string}`
  /** Sent as JSON. */
  readonly body?: Record<string, unknown>
  /** Whether for the person who is signed in, by the browser's cookies, or for nobody. */
  readonly as: "person" | "nobody"
}

const Refusal = Schema.Struct({ code: Schema.String, detail: Schema.String })
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** What Better Auth, or a limit, answered. */
export interface Reply {
  readonly status: number
  /** The JSON; undefined where there is none. */
  readonly body: unknown
  /** What its problem document says, if it is one. */
  readonly refusal: typeof Refusal.Type | undefined
  /** The same, and the cookies that the browser is to have. */
  readonly response: HttpServerResponse.HttpServerResponse
}

/** Makes a call. */
export type Calling = Effect.Success<typeof makeCall>

/**
 * Calls Better Auth for the browser whose request is at hand, within the limits
 * that hold for the operation itself. Whoever calls it has checked the origin of
 * that request (OwnForm.ts).
 */
export const makeCall = Effect.map(Effect.all([BetterAuth, AppConfig, RateLimits]), ([auth, config, limits]) => {
  const addressOf = makeClientAddress(config.trustedProxies)
  return Effect.fnUntraced(function*({ as, body, method, path }: Call) {
    const incoming = yield* HttpServerRequest.HttpServerRequest
    const headers = new Headers({ "origin": config.publicUrl, "x-client-ip": addressOf(incoming) })
    for (const name of as === "person" ? ["cookie", "user-agent"] : ["user-agent"]) {
      const value = incoming.headers[name]
      if (value !== undefined) headers.set(name, value)
    }
    if (body !== undefined) headers.set("content-type", "application/json")
    const request = new Request(`${config.publicUrl}/api/auth${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const response = yield* limits.guard(request, Effect.flatMap(auth.handle(request), toResponse))
    const text = yield* Effect.promise(() => HttpServerResponse.toWeb(response).text())
    const answered: unknown = text === "" ? undefined : JSON.parse(text)
    const refusal = Option.getOrUndefined(decodeRefusal(answered))
    const reply: Reply = { status: response.status, body: answered, refusal, response }
    return reply
  })
})
