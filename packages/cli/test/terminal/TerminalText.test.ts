import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { renderFailure } from "../../src/terminal/FailureText.ts"
import { printable, printableJson, printableLines } from "../../src/terminal/TerminalText.ts"

/** What makes a terminal do something: controls, and marks that reorder text. */
const dangerous = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u206a-\u206f\ufeff\ufff9-\ufffb]/u

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

  it("is escaped in JSON, which means what it meant", () => {
    const acting = fc.constantFrom(
      ..."\u001b\u007f\u0085\u009b\u009d\u061c\u200e\u2028\u2029\u202e\u2066\u206f\ufeff\ufffa"
    )
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: acting }), fc.string({ unit: "grapheme" }))
    const { value } = fc.letrec((again) => ({
      value: fc.oneof(
        text,
        fc.constantFrom(null, true, 0, 1.5, -1e21),
        fc.array(again("value"), { maxLength: 4 }),
        fc.dictionary(text, again("value"), { maxKeys: 4 })
      )
    }))
    fc.assert(fc.property(value, (value) => {
      const json = printableJson(value)
      expect(json).not.toMatch(dangerous)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
    }))
    expect(printableJson({ title: "\u009d52;c\u202e é 👩‍👩‍👧" })).toBe("{\"title\":\"\\u009d52;c\\u202e é 👩‍👩‍👧\"}")
  })

  it("is the same in the message of a failure, but whole in JSON", () => {
    const report = { exitCode: 1, code: "x", message: "\u001b[2J", status: null, hints: ["\u0007"] } as const
    expect(renderFailure(report, { json: false })).toBe("error: ␛[2J\n␇\n")
    expect(renderFailure(report, { json: true })).toBe(
      "{\"error\":{\"code\":\"x\",\"message\":\"\\u001b[2J\",\"status\":null}}\n"
    )
  })
})
