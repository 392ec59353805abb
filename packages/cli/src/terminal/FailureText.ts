import type { FailureReport } from "../failures/FailureReport.ts"
import { printable, printableJson } from "./TerminalText.ts"

/** The failure as it goes to stderr: one line of JSON, or a line for people and the hints below it. */
export const renderFailure = (report: FailureReport, options: { readonly json: boolean }): string =>
  options.json
    ? `${printableJson({ error: { code: report.code, message: report.message, status: report.status } })}\n`
    : [`error: ${report.message}`, ...report.hints].map((line) => `${printable(line)}\n`).join("")
