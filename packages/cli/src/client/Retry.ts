import { Clock, Context, Effect, Result } from "effect"
import { HttpClientError, type HttpClientRequest, type HttpClientResponse } from "effect/http"
import { ExitCode, exitCodeOfStatus } from "../failures/ExitCode.ts"
import { isMistake } from "./ConnectionFailure.ts"

/** The header that makes a write safe to send again. */
export const keyHeader = "idempotency-key"

/** How often a request is sent at most, where somebody knows that more is no use. */
export const MostTries = Context.Reference<number | undefined>("todo/cli/MostTries", { defaultValue: () => undefined })

/** How often a request is sent at most. */
const mostTries = 4
/** The same where nobody listens: a service that is starting anew is back soon, one that is not there stays away. */
const mostTriesRefused = 3
const firstPauseMillis = 150
/** The longest pause; a `Retry-After` beyond it is not waited for. */
const longestPauseMillis = 5000

/** An answer takes time, too: none is asked for later than this before the time is over. */
const answerMillis = 500

type Outcome = Result.Result<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

/** Whether sending it twice does no more than sending it once. */
const isRepeatable = ({ headers, method }: HttpClientRequest.HttpClientRequest) =>
  method === "GET" || keyHeader in headers

/** What the system calls it; undefined where trying again is no use. */
const codeOf = ({ reason }: HttpClientError.HttpClientError): unknown => {
  const cause: unknown = "cause" in reason ? reason.cause : undefined
  if (isMistake(cause)) return undefined
  return cause instanceof Error && "code" in cause ? cause.code : "unknown"
}

const pauseAfterFailure = (
  failure: HttpClientError.HttpClientError,
  request: HttpClientRequest.HttpClientRequest,
  tries: number,
  pause: number
): number | undefined => {
  if (failure.response !== undefined) return undefined
  const code = codeOf(failure)
  // Nothing has been sent: any request may be tried again.
  if (code === "ECONNREFUSED") return tries < mostTriesRefused ? pause : undefined
  return code !== undefined && code !== "ENOTFOUND" && isRepeatable(request) && tries < mostTries ? pause : undefined
}

/** For how long to wait before the next try; undefined when there is to be none. */
const pauseAfter = (
  outcome: Outcome,
  request: HttpClientRequest.HttpClientRequest,
  tries: number
): number | undefined => {
  // Full jitter: clients that failed together do not come back together.
  const pause = Math.min(longestPauseMillis, Math.random() * firstPauseMillis * 2 ** tries)
  if (Result.isFailure(outcome)) return pauseAfterFailure(outcome.failure, request, tries, pause)
  const { headers, status } = outcome.success
  const retryAfter = headers["retry-after"]
  // Or a date (RFC 9110, 10.2.3), which this service does not write.
  const asked = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) * 1000 : undefined
  if (asked !== undefined && asked > longestPauseMillis) return undefined
  // Nothing was done of what came too often; who is told when there is room again need not give up.
  if (status === 429) return asked === undefined ? undefined : asked + pause
  // A 409 that says when to come back is that of a key whose first request is still being answered.
  const isAway = exitCodeOfStatus(status) === ExitCode.unavailable || (status === 409 && retryAfter !== undefined)
  if (!isAway || !isRepeatable(request) || tries >= mostTries) return undefined
  return Math.min(longestPauseMillis, (asked ?? 0) + pause)
}

/**
 * Sends a request again when its answer was lost, or when the service had no
 * time for it, as long as that does nothing twice: reads, writes with a key,
 * and whatever came too often. Nothing is waited for that comes after the time
 * there is. What is left then is answered as it is.
 */
export const retrying = (timeoutSeconds: number) =>
(
  send: Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError> =>
  Effect.gen(function*() {
    const start = yield* Clock.currentTimeMillis
    const most = (yield* MostTries) ?? Infinity
    const deadline = start + timeoutSeconds * 1000 - answerMillis
    const attempt = (tries: number): typeof send =>
      Effect.gen(function*() {
        const outcome = yield* Effect.result(send)
        const pause = tries < most ? pauseAfter(outcome, request, tries) : undefined
        if (pause === undefined || (yield* Clock.currentTimeMillis) + pause >= deadline) {
          return yield* Effect.fromResult(outcome)
        }
        yield* Effect.sleep(`${pause} millis`)
        return yield* attempt(tries + 1)
      })
    return yield* attempt(1)
  })
