import { problemType } from "@todo/domain/http/Problem"
import { Effect, Option } from "effect"
import { HttpServerRequest, HttpServerResponse, ProblemDetails } from "effect/http"
import { AppConfig } from "../Config.ts"
import { makeClientAddress } from "../http/ClientAddress.ts"
import { trustedOrigins } from "../http/Origins.ts"

/** Longer than any program's name; it is shown to a person. */
const longestUserAgent = 200

/** Who sends a request below `/api/auth`: all that limits, rules and Better Auth get to see of its headers. */
export interface Caller {
  /** The client's address. */
  readonly address: string
  readonly headers: Headers
}

/** The headers by which Better Auth knows a person, and a browser's request that another page has made it send. */
const read = [
  "authorization",
  "cookie",
  "origin",
  "referer",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest"
]

/** Whose bearer token or cookie counts. A cookie approves no device: only the service's own page has that button. */
export type Identified = "by bearer token or cookie" | "by bearer token"

/** Reads off the request at hand who sends it. Fails with the answer where its origin may not use the service. */
export const makeCallerOf = Effect.map(AppConfig, (config) => {
  const addressOf = makeClientAddress(config.trustedProxies)
  const trusted = trustedOrigins(config)
  return (identified: Identified) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      const { origin } = request.headers
      // Better Auth asks for the origin only where it sees a cookie or a browser's own headers.
      if (origin !== undefined && !trusted.includes(origin)) return Effect.fail(originNotAllowed)
      const headers = new Headers()
      for (const name of read) {
        const value = request.headers[name]
        if (value !== undefined && !(name === "cookie" && identified === "by bearer token")) headers.set(name, value)
      }
      headers.set("user-agent", (request.headers["user-agent"] ?? "").slice(0, longestUserAgent))
      const caller: Caller = { address: addressOf(request), headers }
      return Effect.succeed(caller)
    })
})

/** The token of a session, or secret of a token for scripts, that comes as bearer token. */
export const bearerOf = ({ headers }: Caller): Option.Option<string> =>
  Option.fromNullishOr(/^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1])

const originNotAllowed = ProblemDetails.toResponse({
  type: problemType("origin_not_allowed"),
  title: "The origin is not allowed",
  status: 403,
  detail: "Pages of this origin may not use the service: see CORS_ORIGINS",
  code: "origin_not_allowed",
  message: "Pages of this origin may not use the service"
}) satisfies HttpServerResponse.HttpServerResponse
