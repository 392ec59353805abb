import { versionHeader } from "@todo/domain/http/ServiceVersion"
import type { HttpServerResponse } from "effect/http"
import { version } from "../Version.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * For every response: it is what it says it is, stands in no frame, has no window of another site beside it, and tells
 * no other site where one came from.
 */
const securityHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'"
}

/** The security headers of a response that sets none itself, and what every response has beside them: who answers. */
export const securityHeadersFor = (publicUrl: string): Readonly<Record<string, string>> => ({
  ...securityHeaders,
  [versionHeader]: version,
  // A year, as the preload lists ask. Where the service is reached without TLS it would shut people out.
  ...(publicUrl.startsWith("https:")
    ? { "strict-transport-security": "max-age=31536000; includeSubDomains" }
    : {})
})

/** The security headers for a response; the policies that a page of its own has set stay. */
export const makeSecurityHeaders = (publicUrl: string) => {
  const always = securityHeadersFor(publicUrl)
  return ({ headers }: Response): Readonly<Record<string, string>> => {
    const policy = headers["content-security-policy"]
    const referrer = headers["referrer-policy"]
    if (policy === undefined && referrer === undefined) return always
    return {
      ...always,
      ...(policy === undefined ? {} : { "content-security-policy": policy }),
      ...(referrer === undefined ? {} : { "referrer-policy": referrer })
    }
  }
}
