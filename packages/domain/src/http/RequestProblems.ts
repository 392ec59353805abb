import { Schema } from "effect"
import { ProblemClass } from "./ProblemClass.ts"

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

export class InvalidRequest extends ProblemClass<InvalidRequest>()(
  "invalid_request",
  "The request does not follow the contract; `errors` names the first 20 places, and `detail` says how many more.",
  { errors: Schema.Array(InvalidValue).annotate({ description: "The places, the first 20 of them." }) }
) {}

export class BodyTooLarge extends ProblemClass<BodyTooLarge>()(
  "body_too_large",
  "The body is longer than the operation takes; `detail` says how long it may be."
) {}

export class UnsupportedMediaType extends ProblemClass<UnsupportedMediaType>()(
  "unsupported_media_type",
  "The body is of a media type that the operation does not take."
) {}

export class ServiceUnavailable extends ProblemClass<ServiceUnavailable>()(
  "service_unavailable",
  "The service cannot answer now; the same request may succeed later."
) {}

export class InternalError extends ProblemClass<InternalError>()(
  "internal_error",
  "Something went wrong inside; the log says what, under the request's id."
) {}
