/** A record of one code, for what each noun has. */
export const ofCode = <const Code extends string, const A>(code: Code, value: A) =>
  ({ [code]: value }) as Record<Code, A>

/** There is none of an id: `task_not_found`. */
const notFound = <const Noun extends string>(noun: Noun) =>
  ofCode(`${noun}_not_found` as const, { status: 404, title: `There is no such ${noun}` })

/** It is not as a precondition wants it: `task_changed`. */
const changed = <const Noun extends string>(noun: Noun) =>
  ofCode(`${noun}_changed` as const, { status: 412, title: `The ${noun} has changed since` })

/**
 * The kinds of problems that the service itself answers: the status and the title of each, by its `code`. A code is a
 * promise: it may be added, and is not renamed. What each means is in `ProblemReference.ts`.
 */
export const problemKinds = {
  invalid_request: { status: 400, title: "The request is not valid" },
  invalid_filter: { status: 400, title: "The filter cannot be read" },
  token_missing: { status: 401, title: "Authentication is required" },
  token_invalid: { status: 401, title: "Authentication is required" },
  unauthorized: { status: 401, title: "Authentication is required" },
  forbidden: { status: 403, title: "This is not allowed" },
  insufficient_scope: { status: 403, title: "The token does not allow this" },
  origin_not_allowed: { status: 403, title: "The origin is not allowed" },
  ...notFound("task"),
  ...notFound("project"),
  ...notFound("tag"),
  ...notFound("comment"),
  ...notFound("view"),
  ...notFound("operation"),
  ...notFound("session"),
  ...notFound("token"),
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "The method is not allowed" },
  request_timeout: { status: 408, title: "The request took too long" },
  limit_reached: { status: 409, title: "There are as many as there may be" },
  id_taken: { status: 409, title: "The id is taken" },
  external_id_taken: { status: 409, title: "The external id is taken" },
  name_taken: { status: 409, title: "The name is taken" },
  project_archived: { status: 409, title: "The project is archived" },
  project_not_empty: { status: 409, title: "The project is not empty" },
  open_children: { status: 409, title: "What is below it is open" },
  blocked: { status: 409, title: "What it waits for is open" },
  view_broken: { status: 409, title: "The view names what there is not any more" },
  changed_since: { status: 409, title: "It was changed since" },
  not_undoable: { status: 409, title: "The operation cannot be undone" },
  nothing_to_undo: { status: 409, title: "There is nothing to undo" },
  idempotency_key_in_flight: { status: 409, title: "A request with this idempotency key is being answered" },
  gone: { status: 410, title: "It is gone" },
  undo_expired: { status: 410, title: "It is too long ago to be undone" },
  cursor_expired: { status: 410, title: "The cursor is too old" },
  ...changed("task"),
  ...changed("project"),
  ...changed("settings"),
  ...changed("tag"),
  ...changed("comment"),
  ...changed("view"),
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The media type is not supported" },
  expectation_failed: { status: 417, title: "The expectation cannot be met" },
  misdirected_request: { status: 421, title: "The request is for another service" },
  reference_not_found: { status: 422, title: "The request names what there is not" },
  cycle: { status: 422, title: "It would lead to itself" },
  idempotency_key_reused: { status: 422, title: "The idempotency key belongs to another request" },
  invalid_date: { status: 422, title: "There is no such date" },
  unknown_time_zone: { status: 422, title: "There is no such time zone" },
  invalid_rule: { status: 422, title: "There is no such repetition" },
  recurrence_not_expressible: { status: 422, title: "No rule says this repetition" },
  empty_title: { status: 422, title: "There is no title" },
  unknown_project: { status: 422, title: "There is no such project" },
  ambiguous_project: { status: 422, title: "Several projects are called so" },
  repeat_needs_due: { status: 422, title: "What repeats needs a date" },
  not_repeating: { status: 422, title: "The task does not repeat" },
  import_refused: { status: 422, title: "Some of it cannot be imported" },
  in_the_future: { status: 422, title: "It has not come yet" },
  precondition_required: { status: 428, title: "The request needs If-Match" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  internal_error: { status: 500, title: "Something went wrong on our side" },
  service_unavailable: { status: 503, title: "The service is not available" }
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

/** The code of one. */
export type ProblemCode = keyof typeof problemKinds
