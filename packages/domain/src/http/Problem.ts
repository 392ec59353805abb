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

/**
 * A problem that any operation may have and none names: it has nothing beyond
 * what every problem has. Its codes are listed, so that a client that compares
 * `code` with the one of a named problem knows the members of that one.
 */
export const Problem = Schema.Struct({
  type: Schema.String.annotate({ examples: ["http://localhost:4000/problems/rate_limited"] }),
  title: Schema.String.annotate({ examples: ["Too many requests"] }),
  status: Schema.Int.annotate({ examples: [429] }),
  detail: Schema.optionalKey(Schema.String.annotate({ examples: ["Try again later"] })),
  code: Schema.Literals([
    "unauthorized",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "body_too_large",
    "expectation_failed",
    "unsupported_media_type",
    "request_timeout",
    "headers_too_large",
    "misdirected_request",
    "origin_not_allowed",
    "rate_limited",
    "internal_error",
    "service_unavailable"
  ]).annotate({ examples: ["rate_limited"] }),
  ...problemMembers
}).annotate({
  identifier: "Problem",
  description: "A problem document (RFC 9457) of the kinds that any operation may answer."
})
