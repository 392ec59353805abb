import { versionHeader } from "@todo/domain/http/ServiceVersion"
import { Result } from "effect"
import type { HttpClientError, HttpClientResponse } from "effect/http"
import { isMistake } from "../client/ConnectionFailure.ts"
import { ExitCode, exitCodeOfStatus } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"

/** How the sending of a request ended. */
export type Outcome = Result.Result<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

/** Whether the service is away: there was no answer, or that of something before it. */
export const isAway = (outcome: Outcome): boolean => {
  if (Result.isSuccess(outcome)) {
    const { success } = outcome
    return exitCodeOfStatus(success.status) === ExitCode.unavailable || isPage(success) && !isOfService(success)
  }
  const { reason, response } = outcome.failure
  if (response !== undefined) return false
  const cause: unknown = "cause" in reason ? reason.cause : undefined
  return cause instanceof Failure ? cause.exitCode === ExitCode.unavailable : !isMistake(cause)
}

/** Whether nothing was said at all, for as long as anybody waits. */
export const isSilence = (outcome: Outcome): boolean => {
  if (Result.isSuccess(outcome) || !("cause" in outcome.failure.reason)) return false
  const { cause } = outcome.failure.reason
  return cause instanceof Failure && cause.code === "timeout"
}

const isPage = ({ headers }: HttpClientResponse.HttpClientResponse): boolean =>
  headers["content-type"] !== undefined || headers["location"] !== undefined

/** Whether it is the service that answers: a network that wants a sign-in answers anything with a page of its own. */
export const isOfService = ({ headers }: HttpClientResponse.HttpClientResponse): boolean =>
  headers[versionHeader] !== undefined || /^application\/(?:problem\+)?json\b/.test(headers["content-type"] ?? "")
