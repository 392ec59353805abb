import { Data } from "effect"
import { ExitCode } from "./ExitCode.ts"
import type { FailureReport } from "./FailureReport.ts"

/** Why a command could not do its work, ready to be reported. */
export class Failure extends Data.TaggedError("Failure")<
  FailureReport & {
    readonly cause?: unknown
    /** Whether it stops whatever else was to be done. */
    readonly isGeneral?: boolean
  }
> {}

/** The user asked for something that cannot be done as it is written. */
export const usage = (message: string, ...hints: ReadonlyArray<string>): Failure =>
  new Failure({ exitCode: ExitCode.usage, code: "usage", message, status: null, hints })

/** What the contract does not take, found before it is sent. */
export const invalidInput = (message: string): Failure =>
  new Failure({ exitCode: ExitCode.usage, code: "invalid_input", message, status: null, hints: [] })

/** There is nothing to sign a request with; `accounts` are those that there is something for. */
export const notSignedIn = (
  apiUrl: string,
  accounts: ReadonlyArray<{ readonly apiUrl: string; readonly email: string }> = []
): Failure => {
  const here = accounts.filter((account) => account.apiUrl === apiUrl).map(({ email }) => email)
  const elsewhere = [...new Set(accounts.map((account) => account.apiUrl))].filter((url) => url !== apiUrl)
  return new Failure({
    exitCode: ExitCode.refused,
    code: "not_signed_in",
    message: here.length === 0 ? `You are not signed in at ${apiUrl}` : `No account is in use at ${apiUrl}`,
    status: null,
    hints: [
      ...here.length === 0 ? [] : [`\`todo account use\` chooses one of ${here.join(", ")}.`],
      ...elsewhere.length === 0 ? [] : [
        `You are signed in at ${elsewhere.join(", ")}: --api-url or TODO_API_URL names the service to use.`
      ],
      "Sign in with `todo login`, make an account with `todo signup`, or set TODO_TOKEN."
    ]
  })
}

/** `TODO_TOKEN` goes before a stored session, and the account takes a session only. */
export const notASession: Failure = new Failure({
  exitCode: ExitCode.refused,
  code: "not_a_session",
  message: "TODO_TOKEN does not open the account: it is no session",
  status: null,
  hints: ["Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`."]
})

/** The code of a write that waits for the service: nothing has gone wrong. */
export const queuedCode = "queued"

/** The failure of a request that waits in the queue, which ends the command with exit code 0. */
export const queued: Failure = new Failure({
  exitCode: ExitCode.done,
  code: queuedCode,
  message: "Queued",
  status: null,
  hints: []
})

/** The failure of a write that would come before others, which were queued before it and could not be sent yet. */
export const queuedFirst = (count: number): Failure =>
  new Failure({
    exitCode: ExitCode.unavailable,
    code: "queue_waiting",
    message: count === 1
      ? "1 queued write comes first, and could not be sent"
      : `${count} queued writes come first, and could not be sent`,
    status: null,
    hints: ["`todo queue send` says why; --no-queue goes past them."]
  })

/** The user pressed Ctrl-C. */
export const cancelled: Failure = new Failure({
  exitCode: ExitCode.interrupted,
  code: "cancelled",
  message: "Cancelled",
  status: null,
  hints: []
})
