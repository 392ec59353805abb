import { acceptPatch } from "../AcceptPatch.ts"

/** Names of headers as their RFCs write them; all others have capitals after hyphens. */
const spelling: Record<string, string> = { etag: "ETag", "www-authenticate": "WWW-Authenticate" }

/** The name of a header as people know it. HTTP does not care, readers do. */
export const headerName = (name: string) =>
  spelling[name.toLowerCase()] ?? name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

/** The headers that answers have beside those that the contract types. */
export const sharedHeaders = {
  "X-Request-Id": {
    description: "The request's id, also in the log. Send one of your own, or get one.",
    required: true,
    schema: { type: "string", examples: ["0198c0de-7000-7000-8000-000000000001"] }
  },
  "Todo-Version": {
    description: "The release of the service: a client learns which side is older.",
    required: true,
    schema: { type: "string", examples: ["0.1.0"] }
  },
  "WWW-Authenticate": {
    description: "How to authenticate (RFC 6750).",
    required: true,
    schema: { type: "string", examples: ["Bearer realm=\"todo\""] }
  },
  "Idempotency-Replayed": {
    description: "The answer was stored with the `Idempotency-Key` of the request; nothing was done now.",
    required: false,
    schema: { type: "string", const: "true" }
  },
  "Retry-After": {
    description:
      "After how many seconds to send the request again: always with 429 and 503, and with `idempotency_key_in_flight`.",
    required: false,
    schema: { type: "string", pattern: "^[0-9]+$", examples: ["1"] }
  },
  "RateLimit-Policy": {
    description:
      "The rate limits that the request counts against, where they are on: `q` times at once, evenly again in `w` seconds (draft-ietf-httpapi-ratelimit-headers).",
    required: false,
    schema: { type: "string", examples: ["\"auth\";q=600;w=60"] }
  },
  "RateLimit": {
    description: "What is left of each, `r`, and in how many seconds there is more, `t`.",
    required: false,
    schema: { type: "string", examples: ["\"auth\";r=599;t=1"] }
  },
  "Set-Auth-Token": {
    description: "The session token, where the session has begun or was renewed: for pages that get no cookie.",
    required: false,
    schema: { type: "string", examples: ["rUbYpZK2b0…"] }
  },
  "Set-Cookie": {
    description: "The session cookie, where the session has begun, was renewed, or has ended.",
    required: false,
    schema: { type: "string", examples: ["better-auth.session_token=rUbYpZK2b0…; Max-Age=2592000; Path=/; HttpOnly"] }
  },
  "Accept-Encoding": {
    description: "The codings that a body may have, where it had another (RFC 9110, 12.5.3).",
    required: false,
    schema: { type: "string", const: "identity" }
  },
  "Accept-Patch": {
    description: "The media types that a patch may have (RFC 5789, 3.1).",
    required: false,
    schema: { type: "string", examples: [acceptPatch] }
  }
}

/** The name of one of them. */
export type SharedHeader = keyof typeof sharedHeaders

/** Refers to one of them. */
export const sharedHeader = (name: SharedHeader) => ({ $ref: `#/components/headers/${name}` })

/** Refers to some of them, under their names. */
export const sharedHeadersOf = (names: ReadonlyArray<SharedHeader>) =>
  Object.fromEntries(names.map((name) => [name, sharedHeader(name)]))
