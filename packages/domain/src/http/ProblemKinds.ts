/**
 * The kinds of problems that the service itself answers: the status and the title of each, by its `code`. A code is a
 * promise: it may be added, and is not renamed. What each means is in `ProblemReference.ts`.
 */
export const problemKinds = {
  invalid_request: { status: 400, title: "The request is not valid" },
  token_missing: { status: 401, title: "Authentication is required" },
  token_invalid: { status: 401, title: "Authentication is required" },
  unauthorized: { status: 401, title: "Authentication is required" },
  forbidden: { status: 403, title: "This is not allowed" },
  insufficient_scope: { status: 403, title: "The token does not allow this" },
  origin_not_allowed: { status: 403, title: "The origin is not allowed" },
  task_not_found: { status: 404, title: "There is no such task" },
  session_not_found: { status: 404, title: "There is no such session" },
  token_not_found: { status: 404, title: "There is no such token" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "The method is not allowed" },
  request_timeout: { status: 408, title: "The request took too long" },
  limit_reached: { status: 409, title: "There are as many as there may be" },
  id_taken: { status: 409, title: "The id is taken" },
  idempotency_key_in_flight: { status: 409, title: "A request with this idempotency key is being answered" },
  gone: { status: 410, title: "It is gone" },
  cursor_expired: { status: 410, title: "The cursor is too old" },
  task_changed: { status: 412, title: "The task has changed since" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The media type is not supported" },
  expectation_failed: { status: 417, title: "The expectation cannot be met" },
  misdirected_request: { status: 421, title: "The request is for another service" },
  idempotency_key_reused: { status: 422, title: "The idempotency key belongs to another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  internal_error: { status: 500, title: "Something went wrong on our side" },
  service_unavailable: { status: 503, title: "The service is not available" }
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

/** The code of one. */
export type ProblemCode = keyof typeof problemKinds
