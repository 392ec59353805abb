import type { FailureReport } from "../failures/FailureReport.ts"
import { printable, printableJson } from "./TerminalText.ts"
import { wrapped } from "./TextWidth.ts"

/** How wide the terminal is that stderr is; undefined where it is none. */
export const columnsOfStderr = (): number | undefined =>
  process.stderr.isTTY ? process.stderr.columns || undefined : undefined

/** The failure as it goes to stderr: one line of JSON, or a line for people and the hints below it. */
export const renderFailure = (
  { code, hints, idempotencyKey, message, place, status }: FailureReport,
  { columns = Infinity, json }: { readonly json: boolean; readonly columns?: number | undefined }
): string =>
  json
    ? `${
      printableJson({
        error: { code, message, status, ...idempotencyKey === undefined ? {} : { idempotencyKey }, ...place }
      })
    }\n`
    : [`error: ${message}`, ...hints]
      .flatMap((line) => wrapped(printable(line), columns))
      .map((line) => `${line}\n`)
      .join("")
