import { assert, it } from "@effect/vitest"
import { exactWait, roundedWait } from "../../src/limits/WaitingTime.ts"

it("a wait of one is in the singular", () => {
  assert.deepStrictEqual([1, 2, 59, 60, 61].map(exactWait), [
    "1 second",
    "2 seconds",
    "59 seconds",
    "60 seconds",
    "61 seconds"
  ])
  assert.deepStrictEqual([1, 59, 60, 61, 120].map(roundedWait), [
    "1 second",
    "59 seconds",
    "1 minute",
    "2 minutes",
    "2 minutes"
  ])
})
