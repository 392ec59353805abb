import { passwordLimits } from "@todo/domain/auth/Password"
import { Effect, Option, Schema } from "effect"
import { HttpClientError, type HttpClientResponse } from "effect/http"
import { ExitCode, exitCodeOfStatus } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { connectionFailure, speaksHttps, unavailable } from "./ConnectionFailure.ts"
import { ProxyError } from "./Proxy.ts"
import { rateLimited } from "./RateLimited.ts"
import { currentUpdateHint } from "./ServiceVersion.ts"
import { speaksTls } from "./TlsProbe.ts"

/**
 * What the problem documents of the service have in common, decoded or not:
 * Better Auth says `message` where RFC 9457 says `detail`.
 */
const Problem = Schema.Struct({
  status: Schema.Int,
  code: Schema.String,
  title: Schema.optional(Schema.String),
  detail: Schema.optional(Schema.String),
  /** Of `insufficient_scope`: the one that is needed. */
  scope: Schema.optional(Schema.String),
  /** Of `limit_reached`: what there are too many of. */
  limit: Schema.optional(Schema.String),
  /** Of `unknown_project`, and of `unknown_time_zone`: what may be meant. */
  nearest: Schema.optional(Schema.Array(Schema.String)),
  /** Of `ambiguous_project`: what is called so. */
  paths: Schema.optional(Schema.Array(Schema.String)),
  /** The member that it is about. */
  path: Schema.optional(Schema.Array(Schema.Union([Schema.String, Schema.Finite]))),
  errors: Schema.optional(Schema.Array(Schema.Struct({
    path: Schema.Array(Schema.Union([Schema.String, Schema.Finite])),
    message: Schema.String
  })))
})
type Problem = typeof Problem.Type

const decodeProblem = Schema.decodeUnknownOption(Problem)
const parseProblem = Schema.decodeUnknownOption(Schema.fromJsonString(Problem))

/** Everything that a call of the service may fail with. */
export type ApiError =
  | Failure
  | HttpClientError.HttpClientError
  | Schema.SchemaError
  | { readonly status: number; readonly code: string }

/** The part of the settings that says who has been asked, and in whose name. */
type Asker = Pick<Settings["Service"], "apiUrl" | "token">

/** What may come of it that client and service are not of one release. */
const codesOfReleases = new Set(["unexpected_answer", "invalid_request", "not_found", "method_not_allowed"])

/** Tells what an error of a call means to the user, and which side to update where that may be why. */
export const failureOf = Effect.fnUntraced(function*(error: ApiError, asker: Asker): Effect.fn.Return<Failure> {
  if (error instanceof Failure) return error
  const failure = yield* meaningOf(error, asker)
  const hint = yield* currentUpdateHint
  return hint === undefined || !codesOfReleases.has(failure.code)
    ? failure
    : new Failure({ ...failure, message: failure.message, hints: [hint] })
})

/** What calls the service, failing in words for the user. */
export const asFailure = <A, E extends ApiError, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, Failure, R | Settings> =>
  Effect.catch(
    effect,
    (error): Effect.Effect<never, Failure, Settings> =>
      Effect.flatMap(Settings, (settings) => Effect.flip(failureOf(error, settings)))
  )

const meaningOf = Effect.fnUntraced(function*(
  error: Exclude<ApiError, Failure>,
  asker: Asker
): Effect.fn.Return<Failure> {
  const { apiUrl } = asker
  if (HttpClientError.isHttpClientError(error)) {
    return yield* error.response === undefined ? withoutAnswer(error, apiUrl) : undeclaredAnswer(error.response, asker)
  }
  const problem = decodeProblem(error)
  return Option.isSome(problem) ? failureOfProblem(problem.value, asker) : notTheService(apiUrl, null, error)
})

/** What was to prove who somebody is does not: refused, although the status is 400 where a body held it. */
const refusals = new Set(["INVALID_PASSWORD", "INVALID_TOKEN", "access_denied", "expired_token"])

/** The operation, and not what it was to find: the address is another's, or has a path too many. */
const isWrongAddress = (code: string): boolean => code === "not_found" || code === "method_not_allowed"

/** What is right by itself, and goes against what is there already, although the status is 422. */
const isConflict = (code: string): boolean => code === "idempotency_key_reused" || isTakenAddress(code)

const exitCodeOf = ({ code, status }: Problem): ExitCode => {
  if (isWrongAddress(code)) return ExitCode.unexpected
  if (isConflict(code)) return ExitCode.conflict
  if (code === "unknown_project") return ExitCode.notFound
  return refusals.has(code) ? ExitCode.refused : exitCodeOfStatus(status)
}

/** Members that are words, as the options and the editor call them. */
const spoken: Readonly<Record<string, string>> = { dueText: "due", startText: "start", repeatText: "repeat" }

/** What is wrong with words, and whose they are: where in them is of no use to one who has typed few. */
const ofWords = (message: string, path: Problem["path"] = []): string => {
  const name = spoken[String(path.at(-1))]
  return name === undefined ? message : `${name}: ${message.replace(/ \(at \d+\)$/, "")}`
}

const failureOfProblem = (problem: Problem, asker: Asker): Failure => {
  const places = (problem.errors ?? []).map(({ message, path }) => `${path.slice(1).join(".")}: ${message}`)
  const message = [ofWords(messageOf(problem, asker), problem.path), ...places].join("; ")
  const hints = hintsOf(problem, asker)
  return new Failure({
    exitCode: exitCodeOf(problem),
    code: problem.code,
    message,
    status: problem.status,
    // Once is enough.
    hints: /did you mean/i.test(message) ? hints.filter((hint) => !hint.startsWith("(Did you mean")) : hints
  })
}

/** Where Better Auth found it, as in `[body.email] `: a service of an earlier release passes that on. */
const placeInBody = /^\[body(?:\.[^\]]*)?\] /

const messageOf = ({ code, detail, scope, status, title }: Problem, { apiUrl, token }: Asker): string => {
  if (code === "insufficient_scope" && scope !== undefined) {
    return `This token does not allow that: it lacks ${scope}`
  }
  // In whose words it says less: a version and an origin mean nothing here, and the rest are Better Auth's.
  if (code === "origin_not_allowed") {
    return `The service refuses ${new URL(apiUrl).origin}: it is neither its PUBLIC_URL nor one of its CORS_ORIGINS`
  }
  if (status === 412) return "The task was changed meanwhile"
  if (code === "UNAUTHORIZED") {
    return token === undefined
      ? "Your session has ended"
      : "TODO_TOKEN is not valid, or has ended"
  }
  if (isTakenAddress(code)) return "There is an account with this address already"
  const known = messagesByCode[code]
  if (known !== undefined) return known
  return (detail ?? title ?? `The service answered ${status}`).replace(placeInBody, "")
}

const isTakenAddress = (code: string): boolean => code.startsWith("USER_ALREADY_EXISTS")

/** What the service says in terms of its own: of members and parameters that nobody types here. */
const messagesByCode: Readonly<Record<string, string>> = {
  project_archived: "The project, or one above it, is archived",
  project_not_empty: "The project is not empty",
  repeat_needs_due: "What repeats needs a date",
  tag_not_found: "There is no such tag"
}

const forgotten = "If it is forgotten: `todo account reset-password --email <address>`."
const limits = [`A password has ${passwordLimits.min} to ${passwordLimits.max} characters.`]
const ownAddress = "Set TODO_API_URL to the address that the service calls its own: its PUBLIC_URL"
const anotherAddress = [`${ownAddress}.`]
const anotherMail = [
  "A code is good for an hour, and until the password or the address changes. Ask for another with `todo account verify-email --send`,",
  "or `todo account reset-password --email <address>`."
]

const hintsByCode: Readonly<Record<string, ReadonlyArray<string>>> = {
  // Where addresses have to be confirmed, the service says the same of one that is not.
  INVALID_EMAIL_OR_PASSWORD: [
    "Check both, or make an account with `todo signup`; `todo account verify-email` confirms an address.",
    forgotten
  ],
  INVALID_PASSWORD: [forgotten],
  PASSWORD_TOO_SHORT: limits,
  PASSWORD_TOO_LONG: limits,
  INVALID_TOKEN: anotherMail,
  idempotency_key_reused: ["Take a new key for another task: `--idempotency-key <key>`, or leave it out."],
  misdirected_request: anotherAddress,
  project_archived: ["`todo project unarchive <project>` takes it back."],
  project_not_empty: ["--trash moves what is in it to the trash, --move-to <project> to another project, or to inbox."],
  repeat_needs_due: ["Give --due with --repeat; --no-repeat ends it."],
  view_broken: ["`todo view edit <view> --filter <filter>` gives it another."],
  tag_not_found: ["`todo tag` lists them."],
  open_children: ["--children completes them, too; --keep-children leaves them open."],
  blocked: ["Complete that first; or --force, or `todo unblock <ref>`."],
  not_undoable: ["`todo history` shows what undid it; `todo undo` of that does it again."],
  nothing_to_undo: [
    "`todo history` shows what others of your sessions and tokens have done, and `todo undo <id>` undoes it."
  ],
  undo_expired: ["Change it back by hand."],
  cursor_expired: ["Begin again without --since: what has happened in between is not told any more."],
  access_denied: ["Somebody said no on the page. Start again with `todo login`."],
  expired_token: ["Start again with `todo login`."]
}

/** What was to say who somebody is does not; a wrong password has the same status. */
const isSignedOut = ({ code, status }: Problem): boolean => status === 401 && code !== "INVALID_EMAIL_OR_PASSWORD"

/** A project as words name it. */
const hashed = (path: string): string => /\s/.test(path) ? `#"${path}"` : `#${path}`

const hintsOf = (problem: Problem, { apiUrl, token }: Asker): ReadonlyArray<string> => {
  const { code, limit, nearest = [], paths = [], scope, status } = problem
  // Signing in alone would not help: the variable goes before what is stored.
  if (isSignedOut(problem) && token !== undefined) {
    return ["Check TODO_TOKEN, or unset it and sign in with `todo login`."]
  }
  const known = hintsByCode[code]
  if (known !== undefined) return known
  if (code === "origin_not_allowed") return [`${ownAddress}; or add ${new URL(apiUrl).origin} to CORS_ORIGINS there.`]
  if (isWrongAddress(code)) return [`Check the address in --api-url or TODO_API_URL: ${apiUrl}`]
  if (isTakenAddress(code)) return ["Sign in with `todo login`."]
  if (nearest.length > 0) {
    return [`(Did you mean ${nearest.map((name) => code === "unknown_project" ? hashed(name) : name).join(" or ")}?)`]
  }
  if (code === "unknown_project") return ["`todo project` lists them, `todo project add` makes one."]
  if (code === "ambiguous_project") return [`Write one of: ${paths.map(hashed).join(", ")}`]
  if (code === "insufficient_scope" && scope === "account") {
    return ["Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`."]
  }
  if (code === "insufficient_scope" && scope !== undefined) {
    return [`Make one that has it: \`todo token create --name <name> --scope ${scope}\`.`]
  }
  if (code === "limit_reached" && limit === "tokens") {
    return ["`todo token list` shows them, `todo token revoke <name>` ends one."]
  }
  if (status === 401) return ["Sign in again with `todo login`."]
  if (status === 412) return ["Look at it with `todo show`, then try again."]
  return []
}

/** An answer that the contract does not know: of a limit, a proxy in between, or another server altogether. */
const undeclaredAnswer = Effect.fnUntraced(function*(
  response: HttpClientResponse.HttpClientResponse,
  asker: Asker
): Effect.fn.Return<Failure> {
  const { apiUrl } = asker
  const { headers, status } = response
  const text = yield* Effect.orElseSucceed(response.text, () => "")
  const problem = Option.getOrUndefined(parseProblem(text))
  if (status === 429) return rateLimited(problem, headers)
  if (problem?.status === status) return failureOfProblem(problem, asker)
  const exitCode = exitCodeOfStatus(status)
  if (exitCode === ExitCode.unavailable) {
    return unavailable("unavailable", `${apiUrl} answered ${status}: the service is not available`, status)
  }
  const location = headers.location
  return location === undefined ? notTheService(apiUrl, status) : redirected(apiUrl, status, location)
})

const redirected = (apiUrl: string, status: number, location: string): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "unexpected_answer",
    message: `${apiUrl} redirects to ${location}`,
    status,
    hints: ["If that is the service, give its address with --api-url or TODO_API_URL."]
  })

const notTheService = (apiUrl: string, status: number | null, cause?: unknown): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "unexpected_answer",
    message: `The answer of ${apiUrl} is not one of a todo service${status === null ? "" : ` (status ${status})`}`,
    status,
    hints: ["Check the address in --api-url or TODO_API_URL."],
    cause
  })

const withoutAnswer = Effect.fnUntraced(function*(
  { reason }: HttpClientError.HttpClientError,
  apiUrl: string
): Effect.fn.Return<Failure> {
  const cause = "cause" in reason ? reason.cause : undefined
  const isCut = cause instanceof Error && !(cause instanceof ProxyError) && "code" in cause
    && cause.code === "ECONNRESET"
  // A port of https takes http for noise, and says nothing.
  return isCut && apiUrl.startsWith("http:") && (yield* speaksTls(new URL(apiUrl)))
    ? speaksHttps(apiUrl, cause)
    : connectionFailure(cause, apiUrl)
})
