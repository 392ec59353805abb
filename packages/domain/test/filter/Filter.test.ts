import { assert, describe, it } from "@effect/vitest"
import { Filter } from "@todo/domain/filter/Filter"
import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { anyTerm, treesOf } from "../support/filterTrees.ts"

const decode = Schema.decodeUnknownResult(Filter, { onExcessProperty: "error" })
const errorOf = (value: unknown) => {
  const result = decode(value)
  return Result.isFailure(result) ? result.failure.message : assert.fail(`${JSON.stringify(value)} was taken`)
}

describe("a filter sent as a tree", () => {
  for (
    const [value, error] of [
      [{ and: [{ is: "opn" }] }, /"open".*\n {2}at \["and"\]\[0\]\["is"\]$/],
      [
        { or: [{ not: { field: "due", op: "<", value: " Tomorrow" } }] },
        /^Expected a date .*\n {2}at \["or"\]\[0\]\["not"\]\["value"\]$/
      ],
      [{ field: "priority", op: "<", value: "p1" }, /^Expected "=" \| "!="\n {2}at \["op"\]$/],
      [{ field: "number", op: "<", value: "7" }, /^Expected number\n {2}at \["value"\]$/],
      [{ and: [] }, /at \["and"\]$/],
      [{ tag: " work" }, /^Expected a name without blanks around it\n {2}at \["tag"\]$/],
      [{ upcoming: 367 }, /at \["upcoming"\]$/],
      [{ not: { tag: "a\u0000" } }, /NUL.*\n {2}at \["not"\]\["tag"\]$/],
      [{ field: "dew", op: "<", value: "today" }, /^Expected a term/],
      [{ field: "due" }, /^Expected a term/],
      [{ is: "open", tag: "work" }, /^Expected a term/],
      [{ or: [{ is: "open" }, 3] }, /^Expected a term.*\n {2}at \["or"\]\[1\]$/],
      [{}, /^Expected a term/],
      [null, /^Expected a term/]
    ] as const
  ) {
    it(`is told what is wrong with ${JSON.stringify(value)}, once, and where`, () => {
      assert.match(errorOf(value), error)
    })
  }

  it("is taken as it is", () => {
    fc.assert(fc.property(treesOf(anyTerm).filter(Schema.is(Filter)), (tree) => {
      assert.deepStrictEqual(decode(JSON.parse(JSON.stringify(tree))), Result.succeed(tree))
    }))
  })
})
