import type { FailureReport } from "../failures/FailureReport.ts"
import { printable, printableJson } from "./TerminalText.ts"

/** The failure as it goes to stderr: one line of JSON, or a line for people and the hints below it. */
export const renderFailure = (
  { code, hints, idempotencyKey, message, place, status }: FailureReport,
  options: { readonly json: boolean }
): string =>
  options.json
    ? `${
      printableJson({
        error: { code, message, status, ...idempotencyKey === undefined ? {} : { idempotencyKey }, ...place }
      })
    }\n`
    : [`error: ${message}`, ...hints].map((line) => `${printable(line)}\n`).join("")
