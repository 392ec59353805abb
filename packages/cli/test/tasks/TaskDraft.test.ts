import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { changesIn as allChangesIn, type DraftMember, renderDraft } from "../../src/tasks/TaskDraft.ts"

/** Of the title and the description. */
const changesIn = (draft: string, texts: typeof task) => {
  const { members: _, ...changes } = allChangesIn(draft, texts)
  return changes
}

const task: { title: string; description: string | null } = { title: "Buy milk", description: "Oat\n\n  two litres" }

describe("a task as text to edit", () => {
  it("is like a commit message", () => {
    const rest = "\n# ------------------------ >8 ------------------------\n" +
      "# The first line is the title, what stands below it the description.\n" +
      "# Below the scissors are members, one a line: an empty one is none, and what is\n" +
      "# taken out stays as it is. Lines with # in front are comments.\n" +
      "# Leave all as it is to change nothing.\n"
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
    expect(edited("# The first line", "# mine\n# The")).toEqual({})
    const scissors = renderDraft(task).split("\n").find((line) => line.includes(">8")) ?? ""
    const odd = { ...task, description: `a\n${scissors}\nb` }
    expect(changesIn(renderDraft(odd), odd)).toEqual({})
    expect(changesIn(renderDraft(odd).replace("b\n", "c\n"), odd)).toEqual({ description: `a\n${scissors}\nc` })
  })

  it("has members below the scissors, of which those that are taken out stay as they are", () => {
    const members: ReadonlyArray<DraftMember> = [
      { name: "due", value: "2026-10-05 18:30", comment: "When." },
      { name: "waits for", value: "", comment: "What." }
    ]
    const draft = renderDraft(task, members)
    expect(draft).toMatch(/\n#\n# When\.\ndue: 2026-10-05 18:30\n#\n# What\.\nwaits for:\n$/)
    const changed = (draft: string) => [...allChangesIn(draft, task, members).members]
    expect(changed(draft)).toEqual([])
    expect(changed(draft.replace(/^due.*\n/m, ""))).toEqual([])
    expect(changed(draft.replace("waits for:", "Waits For :  7, 9 "))).toEqual([["waits for", "7, 9"]])
    expect(changed(draft.replace(/^due: .*$/m, "due:"))).toEqual([["due", ""]])
    expect(changed(`${draft}dew: x\nnonsense\n`)).toEqual([["dew", "x"], ["nonsense", ""]])
  })

  it("changes nothing when it is saved as it was", () => {
    fc.assert(fc.property(
      fc.string({ unit: "binary" }),
      fc.option(fc.string({ unit: "binary" })),
      (title, description) => {
        const members = [{ name: "project", value: title, comment: "x" }]
        const draft = renderDraft({ title, description }, members)
        expect(allChangesIn(draft, { title, description }, members)).toEqual({ members: new Map() })
      }
    ))
  })
})
