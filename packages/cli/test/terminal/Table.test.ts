import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import widthOf from "fast-string-width"
import { asciiSigns } from "../../src/terminal/Signs.ts"
import { renderTable } from "../../src/terminal/Table.ts"
import { inLines } from "../../src/terminal/TextWidth.ts"

const row = { title: "Rewrite the chapter on engines", project: "Work/Clients", tags: "@money @waiting", due: "today" }

const lines = (columns: number) =>
  renderTable([row], [
    { text: ({ title }) => title, flexible: true },
    { text: ({ project }) => project, yieldsTo: 8 },
    { text: ({ tags }) => tags, yieldsTo: 6 },
    { text: ({ due }) => due }
  ], { columns })

describe("a table on a terminal", () => {
  it("cuts columns first, and then leaves out the last, so that the title can be read", () => {
    expect(lines(80)).toEqual(["Rewrite the chapter on engines  Work/Clients  @money @waiting  today"])
    expect(lines(60)).toEqual(["Rewrite the chapter on engines  Work/Clients  @money…  today"])
    expect(lines(50)).toEqual(["Rewrite the chapter on e…  Work/Cl…  @mone…  today"])
    expect(lines(42)).toEqual(["Rewrite the chapter on e…  Work/Cl…  today"])
    expect(lines(32)).toEqual(["Rewrite the chapter on e…  today"])
  })
})

describe("text on a terminal", () => {
  it("has as many lines as its parts take", () => {
    expect(inLines(["one", "two", "three"], " · ", 9)).toEqual(["one · two", "three"])
    expect(inLines(["a part that is too long", "b"], " · ", 9)).toEqual(["a part that is too long", "b"])
    expect(inLines([], " · ", 9)).toEqual([])
  })

  it("has signs that are as wide in ASCII", () => {
    expect(asciiSigns("✓ ○ ◌ ↻! … · → █░ ▁▂▃▄▅▆▇ é")).toBe("x o w *! ~ - > #. _.:-=+* é")
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."✓○◌↻…·→█░▁▇a日") }), (text) => {
      expect(widthOf(asciiSigns(text))).toBe(widthOf(text))
    }))
  })
})
