import { CommanderError } from "@commander-js/extra-typings"
import { ExitCode } from "../failures/ExitCode.ts"
import type { FailureReport } from "../failures/FailureReport.ts"
import { CommandLineError } from "./TodoCommand.ts"

/** What to report when commander stopped: nothing if it did what was asked, as with `--help`. */
export const usageError = (error: CommanderError): FailureReport | undefined =>
  error.exitCode === 0 ? undefined : {
    exitCode: ExitCode.usage,
    code: "usage",
    message: error.message,
    status: null,
    hints: error instanceof CommandLineError ? error.hints : []
  }

/** An argument would be kept otherwise than it was typed. */
export const notUtf8 = (argument: string): FailureReport => ({
  exitCode: ExitCode.usage,
  code: "usage",
  message: `The argument ${argument} is not UTF-8`,
  status: null,
  hints: []
})

/** Whether `--json` stands anywhere; for command lines that could not be understood. */
export const asksForJson = (args: ReadonlyArray<string>): boolean =>
  args.includes("--json") || args.includes("--ndjson")
