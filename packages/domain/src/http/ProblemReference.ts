import { ofCode, type ProblemCode, problemKinds } from "./ProblemKinds.ts"

/** What is told of a kind of problem: on its page, below `/problems`, and in docs/http.md. Code is in backticks. */
export interface ProblemEntry {
  readonly code: string
  readonly statuses: ReadonlyArray<number>
  readonly title: string
  readonly when: string
  /** What a client does about it. */
  readonly remedy: string
}

const notFound = <const Noun extends string>(noun: Noun, called: string = noun) =>
  ofCode(`${noun}_not_found` as const, [
    `there is no such ${called}, or it is another user's: the answers do not differ`,
    "forget the id"
  ])

const changed = <const Noun extends string>(noun: Noun) =>
  ofCode(`${noun}_changed` as const, [
    `no tag of \`If-Match\` is the version of the ${noun}; \`current\` is the ${noun} as it is`,
    "merge with `current`, send again with its version"
  ])

/** When each of the service's own comes, and what a client does about it: one that lacks this does not compile. */
const own: Record<ProblemCode, readonly [when: string, remedy: string]> = {
  invalid_request: [
    "the request does not follow the contract; `errors` names the first 20 places",
    "mend it. With `path` `[\"query\",\"cursor\"]`: start again from the first page"
  ],
  invalid_filter: [
    "the text of `filter` or `sort` (`parameter` says which) has a word that cannot be read, at `position`",
    "put what is `expected` there, or `didYouMean`"
  ],
  token_missing: ["`/api/v1` without a bearer token", "send a JWT, or a token for scripts"],
  token_invalid: [
    "the JWT is not valid or has expired, or its session has ended; or the token for scripts is not good any more",
    "get a new JWT and try once more; if that is refused too, sign in"
  ],
  unauthorized: ["reserved: treat it by its status", "sign in"],
  forbidden: ["reserved: treat it by its status", "do without"],
  insufficient_scope: [
    "the token does not carry the scope that the operation needs: `scope`",
    "use a token that has it"
  ],
  origin_not_allowed: [
    "`/api/auth` from a page whose origin is neither that of `PUBLIC_URL` nor in `CORS_ORIGINS`",
    "use the address of `PUBLIC_URL`, or add the origin"
  ],
  ...notFound("task"),
  ...notFound("project"),
  ...notFound("comment"),
  ...notFound("view"),
  view_broken: [
    "the filter of the view names what there is not any more, or cannot be read: `word`",
    "change its filter: `PATCH /api/v1/views/{id}`"
  ],
  tag_not_found: ["the user has no tag of this name, in any spelling", "forget the name"],
  ...notFound("operation", "operation on record"),
  ...notFound("session", "live session"),
  ...notFound("token"),
  not_found: ["no operation has this path", "mend the URL"],
  method_not_allowed: ["the path has other methods; `Allow` names them", "mend the method"],
  request_timeout: ["the request did not arrive in time", "send it again"],
  limit_reached: [
    "the user has `max` of what `limit` names, such as `tokens`; nothing was done",
    "remove one first; tasks for good: `DELETE /api/v1/trash`, or `?permanent=true`"
  ],
  id_taken: [
    "something of the user's has the `id` that the request chose, or had it, and it is not what the request makes",
    "choose another id"
  ],
  open_children: [
    "tasks right below it are open: `tasks` has the first 100 of `count`",
    "complete them, or say with `children` what becomes of them (`POST /api/v1/tasks/{id}/complete`)"
  ],
  blocked: [
    "the task waits for some that are open: `tasks` has the first 100 of `count`",
    "complete those, or send `force` (`POST /api/v1/tasks/{id}/complete`)"
  ],
  external_id_taken: [
    "another task of the user's, which may be in the trash, has this `externalId`: the one of `id`",
    "`PUT /api/v1/tasks/external/{externalId}`, which changes that one"
  ],
  name_taken: [
    "another of the user's things is called so, in some spelling: a project below the same one, or a tag",
    "choose another name, or use what there is"
  ],
  project_archived: [
    "the project, or one above it, is archived; nothing is written into it",
    "take it back first (`archived: false`), or name another project"
  ],
  project_not_empty: [
    "the project has tasks (`tasks`) or projects below it (`projects`), and nothing says what becomes of them",
    "say so: `contents=trash`, or `contents=move&to=`"
  ],
  changed_since: [
    "what the operation changed was changed since: `changes` has each `noun`, `id` and `reason`; nothing was undone",
    "send `{\"partial\": true}` to undo the rest"
  ],
  not_undoable: [
    "the operation has been undone already, or deleted for good, or what it changed has been deleted for good since",
    "undo its undo (`undoneBy`), or leave it"
  ],
  nothing_to_undo: [
    "this session or token has done nothing in 30 days, among the user's last 10,000 operations, that is not undone",
    "look at `GET /api/v1/operations` for what others have done"
  ],
  idempotency_key_in_flight: [
    "a request with the same `Idempotency-Key` is being answered",
    "send it again after `Retry-After` seconds"
  ],
  gone: [
    "the request was answered before, and what the answer was about has been deleted for good since",
    "forget it"
  ],
  undo_expired: ["the operation was done more than 30 days ago", "change it back by hand"],
  cursor_expired: [
    "what has happened since the cursor is not on record any more: it is older than 90 days, or than the record",
    "begin again without a cursor, and forget what the snapshot does not have"
  ],
  ...changed("task"),
  ...changed("project"),
  ...changed("settings"),
  ...changed("tag"),
  ...changed("comment"),
  ...changed("view"),
  body_too_large: [
    "the body is longer than the operation takes: `detail` says how long it may be",
    "send less"
  ],
  unsupported_media_type: [
    "the body is not JSON by its `Content-Type`, not UTF-8 by its `charset`, or has a `Content-Encoding`",
    "send `application/json`, or what `Accept-Patch` says; no coding where it has `Accept-Encoding`"
  ],
  expectation_failed: ["`Expect` is something else than `100-continue`", "leave it out"],
  misdirected_request: [
    "`Host` is not the service's",
    "ask at `PUBLIC_URL`; a proxy has to pass `Host` on"
  ],
  reference_not_found: [
    "there is nothing of the id at `path`, or not there, or it is another user's: the answers do not differ",
    "leave it out, or name another"
  ],
  cycle: [
    "what the request makes would be above itself, or wait for itself, over others or at once",
    "name another at `path`, or take out what leads back to it"
  ],
  idempotency_key_reused: [
    "the user sent this `Idempotency-Key` with another request, less than 24 hours ago",
    "take a new key for each operation"
  ],
  invalid_date: [
    "there is a time or a zone without a date, or a zone without a time: `path` says where; or words are no date from `position` on",
    "send what it is of, too; or mend the words"
  ],
  unknown_time_zone: [
    "no time zone has this name; `path` says where it is, `nearest` has names that may be meant",
    "send the name of a zone as IANA has it, such as `Europe/Berlin`"
  ],
  invalid_rule: [
    "`repeat.rule` is not a rule that the service knows, or one that can never come, or words are no repetition from `position` on; `detail` says why",
    "mend it"
  ],
  recurrence_not_expressible: [
    "the words are a repetition that no rule says, such as `every 6 workdays`; `position` says where they begin",
    "say another, or quote the words"
  ],
  empty_title: [
    "a line of the text is dates and signs alone, and nothing is left for a title; `position` says where it begins",
    "write what is to be done, too"
  ],
  unknown_project: [
    "no project is called so; `nearest` has paths of up to three that may be meant, `position` says where it is named",
    "mend the name, or send `create: [\"projects\"]`"
  ],
  ambiguous_project: [
    "several projects are called so; `paths` has them",
    "write more of the path: `#Work/Misc`"
  ],
  repeat_needs_due: [
    "the task would repeat and have no `due`",
    "send a `due`, or `repeat: null` with `due: null`"
  ],
  not_repeating: ["the task has no repetition of which a date could be passed over, or come", "do without"],
  import_refused: [
    "some of the document cannot be imported: `problems` has the first 100, each with its `reason`, `count` how many there are",
    "mend it, or send it with `partial=true`: the rest is imported"
  ],
  in_the_future: ["`completedAt` has not come yet", "leave it out: it is done now"],
  precondition_required: [
    "`completed: true` for a task that repeats, without `If-Match`: sent twice it would be done twice",
    "send `If-Match`, or `POST …/complete` with the `occurrence`"
  ],
  rate_limited: [
    "too often, or too many requests of yours wait",
    "try again after `Retry-After` seconds"
  ],
  headers_too_large: ["the headers are longer than Node reads (16 KiB)", "send less"],
  internal_error: [
    "a fault of the service; the log has it under the request's id, the answer tells nothing",
    "report it with the `requestId`"
  ],
  service_unavailable: [
    "the service is starting, has more to do than it can, or has no database",
    "try again after `Retry-After` seconds; send a write with the same `Idempotency-Key`"
  ]
}

/** Those that any operation may have, by status. */
export const ownProblems: ReadonlyArray<ProblemEntry> = (Object.keys(own) as Array<ProblemCode>).map((code) => {
  const { status, title } = problemKinds[code]
  const [when, remedy] = own[code]
  return { code, statuses: [status], title, when, remedy }
})

const entry = (status: number | ReadonlyArray<number>, code: string, title: string, when: string, remedy: string) => ({
  code,
  statuses: typeof status === "number" ? [status] : status,
  title,
  when,
  remedy
})

/** Those of `/api/auth`, with codes of Better Auth. */
export const authProblems: ReadonlyArray<ProblemEntry> = [
  entry(
    400,
    "VALIDATION_ERROR",
    "The request is not valid",
    "the body or the query does not follow the contract (`errors` names the places), or the address is none",
    "mend it"
  ),
  entry(
    400,
    "PASSWORD_TOO_SHORT",
    "The password is too short",
    "a new password of fewer than 8 characters",
    "ask for a longer one"
  ),
  entry(
    400,
    "PASSWORD_TOO_LONG",
    "The password is too long",
    "a new password of more than 128 characters",
    "ask for a shorter one"
  ),
  entry(400, "INVALID_NAME", "The name cannot be used", "a name is not 1 to 100 characters on one line", "mend it"),
  entry(400, "INVALID_EMAIL", "The address cannot be used", "an address is longer than 254 characters", "mend it"),
  entry(400, "INVALID_IMAGE", "The image cannot be used", "an image is no http URL", "mend it"),
  entry(
    400,
    "INVALID_PASSWORD",
    "The password is wrong",
    "the account's own password, asked for again, is wrong",
    "ask for it again"
  ),
  entry(
    [400, 401],
    "INVALID_TOKEN",
    "The code or the token is not good",
    "the code of a mail is wrong or no longer good: for a new password 400, to confirm an address 401. Or the secret of a token for scripts is wrong, has ended or was revoked: 401",
    "ask for another mail, or make another token"
  ),
  entry(
    401,
    "INVALID_EMAIL_OR_PASSWORD",
    "The address or the password is wrong",
    "no account has this address and password, or the address must be confirmed first",
    "ask for both again"
  ),
  entry(401, "UNAUTHORIZED", "There is no live session", "no session, or one that has ended", "sign in"),
  entry(
    403,
    "MISSING_OR_NULL_ORIGIN",
    "There is no origin",
    "a change with a cookie, or a sign-in of what looks like a browser, without `Origin`",
    "send `Origin`"
  ),
  entry(
    403,
    "INVALID_CALLBACK_URL",
    "The page to go to is not allowed",
    "`callbackURL` is none of an allowed origin, or not percent-encoded",
    "name a page of an origin in `CORS_ORIGINS`"
  ),
  entry(
    403,
    "INVALID_REDIRECT_URL",
    "The page to go to is not allowed",
    "`redirectTo` is none of an allowed origin, or not percent-encoded",
    "name a page of an origin in `CORS_ORIGINS`"
  ),
  entry(
    422,
    "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
    "There is an account already",
    "there is an account with this address",
    "sign in"
  )
]

/** Those of the device flow: `error`, which is also their `code`. */
export const deviceProblems: ReadonlyArray<ProblemEntry> = [
  entry(
    400,
    "authorization_pending",
    "Nobody has decided yet",
    "nobody has decided yet",
    "ask again after `interval`"
  ),
  entry(
    400,
    "slow_down",
    "Asked too soon",
    "it asked sooner than `interval` after the last time",
    "wait five seconds longer from now"
  ),
  entry(400, "access_denied", "The person denied", "the person denied", "give up"),
  entry(400, "expired_token", "The code has expired", "ten minutes are over", "start again"),
  entry(
    400,
    "invalid_grant",
    "The code is not good",
    "the code is not known, was used, or the session that approved it has ended",
    "start again"
  ),
  entry(
    400,
    "unsupported_grant_type",
    "The grant is not supported",
    "`grant_type` is not that of RFC 8628",
    "mend it"
  ),
  entry(400, "invalid_client", "The client is not known", "`client_id` is not `todo-cli`", "mend it"),
  entry(400, "invalid_scope", "No scope may be named", "a `scope` was named: a device gets all of them", "name none"),
  entry(503, "temporarily_unavailable", "The service is not available", "503: see `Retry-After`", "ask again later")
]

/** All that there are, each code once. */
export const problemReference: ReadonlyMap<string, ProblemEntry> = new Map(
  [...ownProblems, ...authProblems, ...deviceProblems].map((each) => [each.code, each])
)

/** The path of the page about a code. */
export const problemPath = (code: string): string => `/problems/${code}`
