import type { CommanderError } from "@commander-js/extra-typings"
import { ExitCode } from "./ExitCode.ts"
import type { FailureReport } from "./FailureReport.ts"

/**
 * What to report when commander stopped: nothing if it did what was asked, as
 * with `--help`. Its message has the suggestion, if any, on a line of its own.
 */
export const usageError = (error: CommanderError): FailureReport | undefined => {
  if (error.exitCode === 0) return undefined
  if (error.code === "commander.help") return report("No command given", ["See `todo --help`."])
  const [message = "", ...suggestions] = error.message.replace(/^error: /, "").split("\n")
  return report(message, [
    ...suggestions,
    ...error.code === "commander.unknownOption" ? ["Write -- before text that starts with a dash."] : []
  ])
}

/** An argument would be kept otherwise than it was typed. */
export const notUtf8 = (argument: string): FailureReport => report(`The argument ${argument} is not UTF-8`, [])

const report = (message: string, hints: ReadonlyArray<string>): FailureReport => ({
  exitCode: ExitCode.usage,
  code: "usage",
  message,
  status: null,
  hints
})

/** Whether `--json` is among the options; for command lines that could not be understood. */
export const asksForJson = (args: ReadonlyArray<string>): boolean => {
  const end = args.indexOf("--")
  return args.slice(0, end === -1 ? args.length : end).includes("--json")
}
