import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { changesIn, renderDraft } from "../src/TaskDraft.ts"

const task = { title: "Buy milk", description: "Oat\n\n  two litres" }

describe("a task as text to edit", () => {
  it("is like a commit message", () => {
    expect(renderDraft(task)).toBe("Buy milk\n\nOat\n\n  two litres\n")
    expect(renderDraft({ ...task, description: null })).toBe("Buy milk\n\n")
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
