import { assert, describe, it } from "@effect/vitest"
import { parseSort, printSort } from "@todo/domain/filter/Sort"
import { Result } from "effect"
import * as fc from "fast-check"

const errorOf = (text: string) => {
  const result = parseSort(text)
  return Result.isFailure(result) ? result.failure : assert.fail(`${text} was read`)
}

describe("an order", () => {
  it("is keys by comma, the other way round behind a -", () => {
    assert.deepStrictEqual(Result.getOrThrow(parseSort(" due, -priority ,position")), [
      { key: "due", descending: false },
      { key: "priority", descending: true },
      { key: "position", descending: false }
    ])
  })

  for (
    const [text, position, didYouMean] of [
      ["", 0, undefined],
      ["due,", 3, undefined],
      ["due,,title", 4, undefined],
      ["due prioriti", 4, undefined],
      ["due,prioriti", 4, "priority"],
      ["due,-created,-due", 14, undefined],
      ["-", 0, undefined],
      ["--due", 1, "due"]
    ] as const
  ) {
    it(`${JSON.stringify(text)} is none, and why is told at ${position}`, () => {
      const error = errorOf(text)
      assert.strictEqual(error.position, position)
      assert.strictEqual(error.didYouMean, didYouMean)
    })
  }

  it("whatever the text is, is read as what it is written as, or an error has a place in it", () => {
    const pieces = fc.constantFrom("due", "title", "number", "-", ",", " ", "x", "relevance")
    const text = fc.oneof(fc.array(pieces, { maxLength: 12 }).map((it) => it.join("")), fc.string({ unit: "binary" }))
    fc.assert(fc.property(text, (text) => {
      const result = parseSort(text)
      if (Result.isSuccess(result)) {
        assert.deepStrictEqual(parseSort(printSort(result.success)), result)
      } else {
        assert.isTrue(result.failure.position < text.length || text === "")
      }
    }))
  })
})
