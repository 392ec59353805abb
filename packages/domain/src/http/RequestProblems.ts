import { Schema } from "effect"
import { HttpApiError } from "effect/http-api"
import { problemCode, problemMembers, problemType } from "./Problem.ts"

/** One invalid place of a request: where it is, and what is wrong with it. */
export const InvalidValue = Schema.Struct({
  path: Schema.Array(Schema.Union([Schema.String, Schema.Int])).annotate({
    description: "The slot (`params`, `query`, `headers` or `payload`), then the way to the value.",
    examples: [["payload", "title"]]
  }),
  message: Schema.String.annotate({
    description: "What is wrong there, for people.",
    examples: ["Expected a title of 1 to 500 characters"]
  })
}).annotate({ identifier: "InvalidValue", description: "One invalid place of a request, and what is wrong with it." })

/** The request does not follow the contract; `errors` names the first 20 places, and `detail` says how many more (400). */
export class InvalidRequest extends HttpApiError.Problem<InvalidRequest>()("InvalidRequest", {
  type: problemType("invalid_request"),
  status: 400,
  title: "The request is not valid"
}, {
  code: problemCode("invalid_request"),
  ...problemMembers,
  errors: Schema.Array(InvalidValue).annotate({ description: "The places, the first 20 of them." })
}, {
  identifier: "InvalidRequest",
  description:
    "The request does not follow the contract; `errors` names the first 20 places, and `detail` says how many more."
}) {}

/** The body is longer than the operation takes (413). */
export class BodyTooLarge extends HttpApiError.Problem<BodyTooLarge>()(
  "BodyTooLarge",
  {
    type: problemType("body_too_large"),
    status: 413,
    title: "The body is too large"
  },
  { code: problemCode("body_too_large"), ...problemMembers },
  {
    identifier: "BodyTooLarge",
    description: "The body is longer than the operation takes; `detail` says how long it may be."
  }
) {}

/** The body is of a media type that the operation does not take (415). */
export class UnsupportedMediaType extends HttpApiError.Problem<UnsupportedMediaType>()(
  "UnsupportedMediaType",
  {
    type: problemType("unsupported_media_type"),
    status: 415,
    title: "The media type is not supported"
  },
  { code: problemCode("unsupported_media_type"), ...problemMembers },
  {
    identifier: "UnsupportedMediaType",
    description: "The body is of a media type that the operation does not take."
  }
) {}

/** The service cannot answer now; the same request may succeed later (503). */
export class ServiceUnavailable extends HttpApiError.Problem<ServiceUnavailable>()(
  "ServiceUnavailable",
  {
    type: problemType("service_unavailable"),
    status: 503,
    title: "The service is not available"
  },
  { code: problemCode("service_unavailable"), ...problemMembers },
  {
    identifier: "ServiceUnavailable",
    description: "The service cannot answer now; the same request may succeed later."
  }
) {}

/** Something went wrong inside; the log says what, under the request's id (500). */
export class InternalError extends HttpApiError.Problem<InternalError>()(
  "InternalError",
  {
    type: problemType("internal_error"),
    status: 500,
    title: "Something went wrong on our side"
  },
  { code: problemCode("internal_error"), ...problemMembers },
  {
    identifier: "InternalError",
    description: "Something went wrong inside; the log says what, under the request's id."
  }
) {}
