import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { AppConfig } from "../Config.ts"
import { makeClientAddress } from "../http/ClientAddress.ts"

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

/** Reads off the request at hand who sends it. */
export const makeCallerOf = Effect.map(AppConfig, ({ trustedProxies }) => {
  const addressOf = makeClientAddress(trustedProxies)
  return (identified: Identified): Effect.Effect<Caller, never, HttpServerRequest.HttpServerRequest> =>
    Effect.map(HttpServerRequest.HttpServerRequest, (request) => {
      const headers = new Headers()
      for (const name of read) {
        const value = request.headers[name]
        if (value !== undefined && !(name === "cookie" && identified === "by bearer token")) headers.set(name, value)
      }
      headers.set("user-agent", (request.headers["user-agent"] ?? "").slice(0, longestUserAgent))
      return { address: addressOf(request), headers }
    })
})
