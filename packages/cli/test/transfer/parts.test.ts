import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { checked } from "../../src/transfer/Checked.ts"
import type { Things } from "../../src/transfer/Document.ts"
import { partsOf, roomOfRequest } from "../../src/transfer/Parts.ts"

const id = (nth: number) => `0198c0de-7a5c-7000-8000-${nth.toString(16).padStart(12, "0")}`

/** Tasks below and behind each other, in any order; some wait for some that wait for them, as far as names go. */
const documents = fc.array(fc.record({ parent: fc.nat(30), blockers: fc.uniqueArray(fc.nat(30), { maxLength: 3 }) }), {
  maxLength: 20
}).chain((tasks) =>
  fc.shuffledSubarray(
    tasks.map(({ blockers, parent }, nth) => ({
      id: id(nth),
      title: `Task ${nth}`,
      parentId: nth === 0 || parent >= nth ? null : id(parent),
      blockedBy: blockers.filter((other) => other < tasks.length && other !== nth).map(id)
    })),
    { minLength: tasks.length }
  )
)

const thingsOf = (tasks: ReadonlyArray<unknown>): Things => checked({ tasks }).things

describe("what is larger than a request takes", () => {
  it("is sent in parts, each thing once, and none before the one that it is below", () => {
    fc.assert(fc.property(documents, fc.integer({ min: 1, max: 8 }), (tasks, room) => {
      const parts = partsOf(thingsOf(tasks), { ...roomOfRequest, things: room })
      for (const part of parts) expect(part.tasks.length).toBeLessThanOrEqual(room)
      const ids = parts.flatMap((part) => part.tasks.map(({ id }) => id))
      expect([...ids].sort()).toEqual(tasks.map(({ id }) => id).sort())
      const partOf = new Map(parts.flatMap((part, index) => part.tasks.map(({ id }) => [id as string, index] as const)))
      for (const { id, parentId } of tasks) {
        if (parentId !== null) expect(partOf.get(parentId)!).toBeLessThanOrEqual(partOf.get(id)!)
      }
    }))
  })

  it("is no larger in a part than is said, in bytes and in values", () => {
    const tasks = Array.from({ length: 20 }, (_, nth) => ({ id: id(nth), title: "x".repeat(100), tags: ["a", "b"] }))
    const parts = (room: object) => partsOf(thingsOf(tasks), { ...roomOfRequest, ...room }).length
    expect(parts({})).toBe(1)
    expect(parts({ bytes: 1000 })).toBeGreaterThan(1)
    expect(parts({ values: 50 })).toBeGreaterThan(1)
  })
})
