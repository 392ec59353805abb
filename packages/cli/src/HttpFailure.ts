import { Effect, Option, Schema } from "effect"
import { HttpClientError, type HttpClientResponse } from "effect/http"
import { ExitCode, exitCodeOfStatus } from "./ExitCode.ts"
import { Failure } from "./Failure.ts"
import { currentUpdateHint } from "./ServiceVersion.ts"

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

/** What may come of it that client and service are not of one release. */
const codesOfReleases = new Set(["unexpected_answer", "invalid_request", "not_found", "method_not_allowed"])

/** Tells what an error of a call means to the user, and which side to update where that may be why. */
export const failureOf = Effect.fnUntraced(function*(error: ApiError, apiUrl: string): Effect.fn.Return<Failure> {
  if (error instanceof Failure) return error
  const failure = yield* meaningOf(error, apiUrl)
  const hint = yield* currentUpdateHint
  return hint === undefined || !codesOfReleases.has(failure.code)
    ? failure
    : new Failure({ ...failure, message: failure.message, hints: [hint] })
})

const meaningOf = Effect.fnUntraced(function*(
  error: Exclude<ApiError, Failure>,
  apiUrl: string
): Effect.fn.Return<Failure> {
  if (HttpClientError.isHttpClientError(error)) {
    return error.response === undefined ? withoutAnswer(error, apiUrl) : yield* undeclaredAnswer(error.response, apiUrl)
  }
  const problem = decodeProblem(error)
  return Option.isSome(problem) ? failureOfProblem(problem.value, []) : notTheService(apiUrl, null, error)
})

/** What was to prove who somebody is does not: refused, although the status is 400 where a body held it. */
const refusals = new Set(["INVALID_PASSWORD", "INVALID_TOKEN", "access_denied", "expired_token"])

const failureOfProblem = (problem: Problem, hints: ReadonlyArray<string>): Failure => {
  const places = (problem.errors ?? []).map(({ message, path }) => `${path.slice(1).join(".")}: ${message}`)
  return new Failure({
    exitCode: refusals.has(problem.code) ? ExitCode.refused : exitCodeOfStatus(problem.status),
    code: problem.code,
    message: [messageOf(problem), ...places].join("; "),
    status: problem.status,
    hints: [...hints, ...hintsOf(problem)]
  })
}

const messageOf = ({ code, detail, scope, status, title }: Problem): string =>
  code === "insufficient_scope" && scope !== undefined
    ? `This token does not allow that: it lacks ${scope}`
    : detail ?? title ?? `The service answered ${status}`

const forgotten = "If it is forgotten: `todo account reset-password --email <address>`."
const limits = ["A password has 8 to 128 characters."]
const anotherAddress = ["Set TODO_API_URL to the address that the service calls its own: its PUBLIC_URL."]
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
  origin_not_allowed: anotherAddress,
  misdirected_request: anotherAddress,
  access_denied: ["Somebody said no on the page. Start again with `todo login`."],
  expired_token: ["Start again with `todo login`."]
}

const hintsOf = ({ code, limit, scope, status }: Problem): ReadonlyArray<string> => {
  const known = hintsByCode[code]
  if (known !== undefined) return known
  if (code.startsWith("USER_ALREADY_EXISTS")) return ["Sign in with `todo login`."]
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
  apiUrl: string
): Effect.fn.Return<Failure> {
  const { headers, status } = response
  const text = yield* Effect.orElseSucceed(response.text, () => "")
  const problem = Option.getOrUndefined(parseProblem(text))
  if (status === 429) return rateLimited(problem, headers["retry-after"])
  if (problem?.status === status) return failureOfProblem(problem, [])
  const exitCode = exitCodeOfStatus(status)
  if (exitCode === ExitCode.unavailable) {
    return unavailable("unavailable", `${apiUrl} answered ${status}: the service is not available`, status)
  }
  const location = headers.location
  return location === undefined ? notTheService(apiUrl, status) : redirected(apiUrl, status, location)
})

const rateLimited = (problem: Problem | undefined, retryAfter: string | undefined): Failure =>
  new Failure({
    exitCode: ExitCode.rateLimited,
    code: problem?.code ?? "rate_limited",
    message: problem?.detail ?? problem?.title ?? "Too many requests",
    status: 429,
    hints: [
      retryAfter !== undefined && /^\d+$/.test(retryAfter)
        ? `Try again in ${retryAfter} seconds.`
        : "Try again in a minute."
    ]
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

const unavailable = (code: string, message: string, status: number | null, cause?: unknown): Failure =>
  new Failure({
    exitCode: ExitCode.unavailable,
    code,
    message,
    status,
    hints: status === null
      ? ["Is it running? `npm start` in the service's repository starts it; TODO_API_URL names another address."]
      : ["Try again in a moment."],
    cause
  })

/** The service took too long; the answer, if one comes, is not waited for. */
export const timedOut = (apiUrl: string, seconds: number): Failure =>
  unavailable("timeout", `${apiUrl} did not answer within ${seconds} s`, null)

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name could not be looked up"
}

const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return "no connection"
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined
  return reasons[code ?? ""] ?? (cause.message === "" ? code : cause.message) ?? "no connection"
}

const withoutAnswer = ({ reason }: HttpClientError.HttpClientError, apiUrl: string): Failure => {
  const cause = "cause" in reason ? reason.cause : undefined
  if (cause instanceof Failure) return cause
  return unavailable("unreachable", `Cannot reach ${apiUrl}: ${reasonOf(cause)}`, null, cause)
}
