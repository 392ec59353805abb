import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { changesIn, renderDraft } from "../../src/tasks/TaskDraft.ts"

const task = { title: "Buy milk", description: "Oat\n\n  two litres" }

describe("a task as text to edit", () => {
  it("is like a commit message", () => {
    const rest = "\n# ------------------------ >8 ------------------------\n" +
      "# The first line is the title, what stands below it the description.\n" +
      "# Leave both as they are to change nothing.\n" +
      "# All from the scissors on is left out.\n"
    expect(renderDraft(task)).toBe(`Buy milk\n\nOat\n\n  two litres\n${rest}`)
    expect(renderDraft({ ...task, description: null })).toBe(`Buy milk\n\n${rest}`)
    expect(Math.max(...rest.split("\n").map(({ length }) => length))).toBeLessThan(80)
  })

  it.each([
    ["Buy milk\n\nOat\n\n  two litres\n", {}],
    ["Buy milk\r\n\r\nOat\r\n\r\n  two litres\r\n", {}],
    ["Buy bread\n\nOat\n\n  two litres\n", { title: "Buy bread" }],
    ["Buy milk\nRye", { description: "Rye" }],
    ["Buy milk\n", { description: null }],
    ["", { title: "", description: null }]
  ])("%j changes %j", (draft, changes) => {
    expect(changesIn(draft, task)).toEqual(changes)
  })

  it("has nothing of what stands below the scissors, though its own text may have such a line", () => {
    const edited = (from: string, to: string) => changesIn(renderDraft(task).replace(from, to), task)
    expect(edited("Buy milk", "Buy bread")).toEqual({ title: "Buy bread" })
    expect(edited("# The first line", "mine\n# The")).toEqual({})
    const scissors = renderDraft(task).split("\n").find((line) => line.includes(">8")) ?? ""
    const odd = { ...task, description: `a\n${scissors}\nb` }
    expect(changesIn(renderDraft(odd), odd)).toEqual({})
    expect(changesIn(renderDraft(odd).replace("b\n", "c\n"), odd)).toEqual({ description: `a\n${scissors}\nc` })
  })

  it("changes nothing when it is saved as it was", () => {
    fc.assert(fc.property(
      fc.string({ unit: "binary" }),
      fc.option(fc.string({ unit: "binary" })),
      (title, description) => {
        expect(changesIn(renderDraft({ title, description }), { title, description })).toEqual({})
      }
    ))
  })
})
