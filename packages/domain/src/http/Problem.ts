import { Schema } from "effect"

/**
 * The members every problem document of this service carries beyond those of
 * RFC 9457: `requestId` repeats the `X-Request-Id` header, so that a report of
 * an error can be matched with the log.
 */
export const problemMembers = {
  requestId: Schema.optionalKey(
    Schema.String.annotate({
      description: "The request's id, as in the `X-Request-Id` header.",
      examples: ["0198c0de-7000-7000-8000-000000000001"]
    })
  )
}

/** A member that always holds the same machine-readable code, stable across releases. */
export const problemCode = <const Code extends string>(code: Code) =>
  Schema.tag(code).annotate({ description: "Stable and machine-readable; branch on this, not on `detail`." })

const anyMembers = {
  type: Schema.String,
  title: Schema.String,
  detail: Schema.optionalKey(Schema.String),
  ...problemMembers
}

/** Too many requests (429), where no more is to be said than that. */
export const RateLimited = Schema.Struct({
  ...anyMembers,
  status: Schema.Literal(429),
  code: problemCode("rate_limited")
}).annotate({ identifier: "RateLimited", description: "Too many requests: try again after `Retry-After` seconds." })

/** What a request is answered that does not get to an operation: what every problem has, and nothing beyond. */
export const Problem = Schema.Struct({
  ...anyMembers,
  status: Schema.Int,
  code: Schema.String.annotate({
    description:
      "Stable and machine-readable. `not_found`, `method_not_allowed`, `request_timeout`, `expectation_failed`, `misdirected_request`, `headers_too_large`; a later release may have more."
  })
}).annotate({
  identifier: "Problem",
  description:
    "A problem document (RFC 9457), as what does not get to an operation is answered: another path (404), method (405), `Expect` (417) or `Host` (421), and what is too slow (408) or has too long headers (431)."
})
