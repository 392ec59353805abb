import { assert, describe, it } from "@effect/vitest"
import { nearest } from "@todo/domain/text/Nearest"

describe("what may have been meant", () => {
  const words = ["today", "tomorrow", "overdue", "done"]
  for (
    const [word, meant] of [
      ["tomorow", "tomorrow"],
      ["tmoorrow", "tomorrow"],
      ["over", "overdue"],
      ["dome", "done"],
      ["toady", "today"],
      ["t", undefined],
      ["milk", undefined],
      ["", undefined],
      ["tomorrow".repeat(1000), undefined]
    ] as const
  ) {
    it(`by ${word.slice(0, 20)} is ${meant}`, () => {
      assert.strictEqual(nearest(word, words), meant)
    })
  }
})
