import type { HttpServerResponse } from "effect/http"
import { createHash } from "node:crypto"

type Response = HttpServerResponse.HttpServerResponse

/**
 * For every response: it is what it says it is, stands in no frame, has no window of another site beside it, and tells
 * no other site where one came from.
 */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'"
}

/**
 * The policy of the documentation: Scalar's own two scripts, by their hashes,
 * and requests to this service alone. Scalar writes styles into the page, and
 * its fonts and icons are data.
 */
const documentationPolicy = (html: string) => {
  const hashes = Array.from(
    html.matchAll(/<script>([^]*?)<\/script>/g),
    ([, script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`
  )
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join("; ")
}

/** The security headers for a response; the policies that a page of its own has set stay. */
export const makeSecurityHeaders = (publicUrl: string) => {
  const always: Readonly<Record<string, string>> = {
    ...securityHeaders,
    // A year, as the preload lists ask. Where the service is reached without TLS it would shut people out.
    ...(publicUrl.startsWith("https:")
      ? { "strict-transport-security": "max-age=31536000; includeSubDomains" }
      : {})
  }
  // The page is megabytes long and never changes: hashed once.
  let documentation: string | undefined
  return ({ body, headers, status }: Response, path: string): Readonly<Record<string, string>> => {
    const policy = headers["content-security-policy"]
    if (policy === undefined && path === "/docs" && status === 200 && body._tag === "Uint8Array") {
      documentation ??= documentationPolicy(new TextDecoder().decode(body.body))
      return { ...always, "content-security-policy": documentation }
    }
    const referrer = headers["referrer-policy"]
    if (policy === undefined && referrer === undefined) return always
    return {
      ...always,
      ...(policy === undefined ? {} : { "content-security-policy": policy }),
      ...(referrer === undefined ? {} : { "referrer-policy": referrer })
    }
  }
}
