import { ExitCode } from "../failures/ExitCode.ts"

/** What was found, and what to do about it. */
export interface Finding {
  readonly check: string
  readonly status: "ok" | "warn" | "fail"
  readonly message: string
  readonly hints: ReadonlyArray<string>
}

/** What is as it should be. */
export const ok = (check: string, message: string): Finding => ({ check, status: "ok", message, hints: [] })
/** What works, and may surprise. */
export const warn = (check: string, message: string, ...hints: ReadonlyArray<string>): Finding => ({
  check,
  status: "warn",
  message,
  hints
})
/** What keeps commands from working. */
export const fail = (check: string, message: string, ...hints: ReadonlyArray<string>): Finding => ({
  check,
  status: "fail",
  message,
  hints
})

/** What a script goes by. */
export const exitCodeOf = (findings: ReadonlyArray<Finding>): ExitCode =>
  findings.some(({ status }) => status === "fail") ? ExitCode.unexpected : ExitCode.done
