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
    description: "With `idempotency_key_in_flight`: after how many seconds to send the request again.",
    required: false,
    schema: { type: "string", examples: ["1"] }
  }
}

/** Refers to one of them. */
export const sharedHeader = (name: keyof typeof sharedHeaders) => ({ $ref: `#/components/headers/${name}` })
