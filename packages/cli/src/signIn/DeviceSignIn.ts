import { deviceGrantType, terminalClientId } from "@todo/domain/auth/DeviceApi"
import { formatUserCode } from "@todo/domain/auth/UserCode"
import { Clock, Effect, Redacted, Result } from "effect"
import { AuthClient } from "../client/AuthClient.ts"
import { failureOf } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { openInBrowser } from "../terminal/Browser.ts"
import { cancellable } from "../terminal/Interruption.ts"
import { Output } from "../terminal/Output.ts"

/** What the program waits with (RFC 8628, 3.2); times in seconds. */
export interface Wait {
  readonly deviceCode: string
  readonly expiresIn: number
  readonly interval: number
}

/** The longest that codes are waited for, whatever the service says. */
const longestWaitSeconds = 3600

/** How much slower `slow_down` wants it (RFC 8628, 3.5), and the longest pause while the service is away. */
const slowDownSeconds = 5
const longestPauseSeconds = 60

const expired = new Failure({
  exitCode: ExitCode.refused,
  code: "expired_token",
  message: "Nobody approved in time",
  status: null,
  hints: ["Start again with `todo login`."]
})

const isTrouble = ({ exitCode }: Failure): boolean =>
  exitCode === ExitCode.unavailable || exitCode === ExitCode.rateLimited

/**
 * Asks until somebody has approved or refused, or the code has expired, and
 * answers the session token. While the service is away it asks half as often
 * each time (RFC 8628, 3.5).
 */
export const waitForApproval = Effect.fn("waitForApproval")(function*({ deviceCode, expiresIn, interval }: Wait) {
  const settings = yield* Settings
  const { device } = yield* AuthClient
  const deadline = (yield* Clock.currentTimeMillis) + Math.min(expiresIn, longestWaitSeconds) * 1000
  const question = device.token({
    payload: { grant_type: deviceGrantType, device_code: deviceCode, client_id: terminalClientId }
  })
  let steady = Math.max(interval, 1)
  let pause = steady
  while (true) {
    // Not beyond the end: a timer of a month would fire at once.
    yield* Effect.sleep(Math.min(pause * 1000, deadline - (yield* Clock.currentTimeMillis)))
    if ((yield* Clock.currentTimeMillis) >= deadline) return yield* expired
    const answer = yield* Effect.result(question)
    if (Result.isSuccess(answer)) return Redacted.make(answer.success.access_token)
    const failure = yield* failureOf(answer.failure, settings)
    if (failure.code === "slow_down") steady += slowDownSeconds
    else if (failure.code !== "authorization_pending" && !isTrouble(failure)) return yield* failure
    pause = isTrouble(failure) ? Math.max(steady, Math.min(pause * 2, longestPauseSeconds)) : steady
  }
})

const unusablePage = new Failure({
  exitCode: ExitCode.unexpected,
  code: "unexpected_answer",
  message: "The service names no page to approve on that is http or https",
  status: null,
  hints: ["Check the address in --api-url or TODO_API_URL."]
})

const pageOf = (text: string): Effect.Effect<URL, Failure> => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === "https:" || url?.protocol === "http:" ? Effect.succeed(url) : Effect.fail(unusablePage)
}

/**
 * Signs in with a browser, here or on another device (RFC 8628), and answers
 * the session token. Ctrl-C gives up (exit code 130).
 */
export const deviceSignIn = Effect.fn("deviceSignIn")(function*({ browser }: { readonly browser: boolean }) {
  const { interactive } = yield* Settings
  const { device } = yield* AuthClient
  const codes = yield* device.code({ payload: { client_id: terminalClientId } })
  const page = yield* pageOf(codes.verification_uri_complete)
  yield* (yield* Output).instruction([
    "Open this page, and approve if it shows the same code:",
    "",
    `  ${page.href}`,
    "",
    `  ${formatUserCode(codes.user_code)}`,
    "",
    `Waiting, for ${Math.round(codes.expires_in / 60)} minutes at most. Ctrl-C cancels.`
  ])
  if (browser && interactive) yield* openInBrowser(page, process)
  return yield* waitForApproval({
    deviceCode: codes.device_code,
    expiresIn: codes.expires_in,
    interval: codes.interval
  })
}, cancellable)
