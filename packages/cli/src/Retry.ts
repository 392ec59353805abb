import { Effect, Result } from "effect"
import { HttpClientError, type HttpClientRequest, type HttpClientResponse } from "effect/http"
import { isMistake } from "./ConnectionFailure.ts"

/** The header that makes a write safe to send again. */
export const keyHeader = "idempotency-key"

/** How often a request is sent at most. */
const mostTries = 4
/** The same where nobody listens: a service that is starting anew is back soon, one that is not there stays away. */
const mostTriesRefused = 3
const firstPauseMillis = 150
/** The longest pause; `Retry-After` may ask for no more. */
const longestPauseMillis = 5000

type Outcome = Result.Result<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

/** Whether sending it twice does no more than sending it once. */
const isRepeatable = ({ headers, method }: HttpClientRequest.HttpClientRequest) =>
  method === "GET" || keyHeader in headers

const codeOf = ({ reason }: HttpClientError.HttpClientError): unknown => {
  const cause: unknown = "cause" in reason ? reason.cause : undefined
  if (isMistake(cause)) return undefined
  return cause instanceof Error && "code" in cause ? cause.code : "unknown"
}

/** For how long to wait before the next try; undefined when there is to be none. */
const pauseAfter = (
  outcome: Outcome,
  request: HttpClientRequest.HttpClientRequest,
  tries: number
): number | undefined => {
  // Full jitter: clients that failed together do not come back together.
  const pause = Math.random() * firstPauseMillis * 2 ** tries
  if (Result.isFailure(outcome)) {
    if (outcome.failure.response !== undefined) return undefined
    const code = codeOf(outcome.failure)
    // Nothing has been sent: any request may be tried again.
    if (code === "ECONNREFUSED") return tries < mostTriesRefused ? pause : undefined
    return code !== undefined && code !== "ENOTFOUND" && isRepeatable(request) && tries < mostTries ? pause : undefined
  }
  const { headers, status } = outcome.success
  const retryAfter = headers["retry-after"]
  // A 409 that says when to come back is that of a key whose first request is still being answered.
  const isBusy = status === 503 || (status === 409 && retryAfter !== undefined)
  if (!isBusy || !isRepeatable(request) || tries >= mostTries) return undefined
  // Or a date (RFC 9110, 10.2.3), which this service does not write.
  const asked = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) * 1000 : 0
  return asked > longestPauseMillis ? undefined : Math.min(longestPauseMillis, asked + pause)
}

/**
 * Sends a request again when its answer was lost, or when the service had no
 * time for it, as long as that does nothing twice: reads, and writes with a
 * key. What is left then is answered as it is.
 */
export const retrying = (
  send: Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError> => {
  const attempt = (tries: number): typeof send =>
    Effect.flatMap(Effect.result(send), (outcome) => {
      const pause = pauseAfter(outcome, request, tries)
      return pause === undefined
        ? Effect.fromResult(outcome)
        : Effect.delay(Effect.suspend(() => attempt(tries + 1)), `${pause} millis`)
    })
  return attempt(1)
}
