import { makeSignature } from "better-auth/crypto"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"

/** The cookie of a session as Better Auth names it. */
export interface SessionCookie {
  readonly name: string
  readonly attributes: {
    readonly secure?: boolean
    readonly httpOnly?: boolean
    readonly sameSite?: string
    readonly path?: string
    readonly maxAge?: number
  }
}

/**
 * Gives the answer a session's token, as Better Auth does it: as a cookie, and as the header `Set-Auth-Token` for who
 * has none. A cookie that ends with the browser stays one.
 */
export const withSession = (
  response: HttpServerResponse.HttpServerResponse,
  cookie: SessionCookie,
  secret: string,
  token: string,
  endsWithBrowser: boolean
): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.map(Effect.promise(() => makeSignature(token, secret)), (signature) => {
    const { httpOnly = true, maxAge, path = "/", secure = false } = cookie.attributes
    const value = `${token}.${signature}`
    return HttpServerResponse.setCookieUnsafe(
      HttpServerResponse.setHeader(response, "set-auth-token", value),
      cookie.name,
      value,
      {
        httpOnly,
        path,
        secure,
        sameSite: "lax",
        ...(endsWithBrowser || maxAge === undefined ? {} : { maxAge: `${maxAge} seconds` })
      }
    )
  })
