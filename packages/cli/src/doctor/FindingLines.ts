import colors from "picocolors"
import { printable } from "../terminal/TerminalText.ts"
import { pad, widest } from "../terminal/TextWidth.ts"
import type { Finding } from "./Check.ts"

/** What it is, in words, too: a colour alone says nothing to many. */
const marks: Readonly<Record<Finding["status"], string>> = { ok: "ok  ", warn: "warn", fail: "FAIL" }

/** A line for each, and what to do below it; then how many there are of each kind. */
export const findingLines = (findings: ReadonlyArray<Finding>, color: boolean): ReadonlyArray<string> => {
  const { green, red, yellow } = colors.createColors(color)
  const paint = { ok: green, warn: yellow, fail: red }
  const width = widest(findings.map(({ check }) => check))
  const lines = findings.flatMap(({ check, hints, message, status }) => [
    `${paint[status](marks[status])}  ${pad(check, width)}  ${printable(message)}`,
    ...hints.map((hint) => `${" ".repeat(width + 8)}${printable(hint)}`)
  ])
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length
  const [failures, warnings] = [count("fail"), count("warn")]
  const end = failures + warnings === 0 ? "All is well." : `${failures} to mend, ${warnings} to look at`
  return [...lines, end]
}
