import { describe, expect, it } from "@effect/vitest"
import widthOf from "fast-string-width"
import { wrapped } from "../../src/terminal/TextWidth.ts"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

describe("what is said to people", () => {
  it("is broken between words, and what is indented is left as it is", () => {
    expect(wrapped("one two three", 7)).toEqual(["one two", "three"])
    expect(wrapped("one two  three", 9)).toEqual(["one two ", "three"])
    expect(wrapped("a-word-that-is-long and", 5)).toEqual(["a-word-that-is-long", "and"])
    expect(wrapped("  one two three", 7)).toEqual(["  one two three"])
    expect(wrapped("日本 日本", 5)).toEqual(["日本", "日本"])
    expect(wrapped("", 5)).toEqual([""])
  })

  it.skipIf(!hasTerminals)("is, on a narrow terminal: remarks, failures and their hints", async () => {
    for (
      const line of [
        "today",
        "upcoming",
        "next",
        "list",
        "done 99",
        "sessions end x",
        "list 'due befor friday or overdue'"
      ]
    ) {
      const { text } = await onTerminal(cli.program, line, { columns: 40, env: { TZ: "UTC", NO_COLOR: "1" } })
      const lines = text.trimEnd().split(/\r?\n/)
      expect({ line, wide: lines.filter((one) => widthOf(one) > 40 && !one.startsWith(" ")) }).toEqual({
        line,
        wide: []
      })
    }
    const { text } = await onTerminal(cli.program, "list", { columns: 40, env: { TZ: "UTC", NO_COLOR: "1" } })
    expect(text.trimEnd().split("\n").length).toBeGreaterThan(1)
    // Whole where it goes elsewhere.
    expect((await cli.todo("list")).stderr.trimEnd().split("\n")).toHaveLength(1)
  })
})
