import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { renderFailure } from "../src/FailureReport.ts"
import { printable, printableLines } from "../src/TerminalText.ts"

/** What makes a terminal do something: controls, and marks that reorder text. */
const dangerous = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u

describe("text of others on a terminal", () => {
  it.each([
    ["Buy milk", "Buy milk"],
    ["\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
    ["\u001b]0;title\u0007", "␛]0;title␇"],
    ["a\nb\tc\r", "a␊b␉c␍"],
    ["\u007f", "␡"],
    ["\u009b31m", "\ufffd31m"],
    ["\u202egnp.exe", "\ufffdgnp.exe"],
    ["\ud800", "\ufffd"],
    ["👩‍👩‍👧 日本 é", "👩‍👩‍👧 日本 é"]
  ])("%j is printed as %j", (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  it("keeps the lines of a description, and nothing else that a terminal acts upon", () => {
    expect(printableLines("a\r\nb\tc\rd\u001b[2J")).toBe("a\nb    c\nd␛[2J")
  })

  it("never lets a terminal act", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(text)).not.toMatch(dangerous)
      expect(printableLines(text).replaceAll("\n", "")).not.toMatch(dangerous)
    }))
  })

  it("is the same in the message of a failure, but whole in JSON", () => {
    const report = { exitCode: 1, code: "x", message: "\u001b[2J", status: null, hints: ["\u0007"] } as const
    expect(renderFailure(report, { json: false })).toBe("error: ␛[2J\n␇\n")
    expect(renderFailure(report, { json: true })).toBe(
      "{\"error\":{\"code\":\"x\",\"message\":\"\\u001b[2J\",\"status\":null}}\n"
    )
  })
})
