import { assert, describe, it } from "@effect/vitest"
import { Data } from "effect"
import { errorLine } from "../src/errorLine.ts"

class WithoutMessage extends Data.TaggedError("WithoutMessage")<{ readonly cause?: unknown }> {}

describe("an error in a line", () => {
  for (
    const [error, line] of [
      [new Error("a\n  b\nc"), "a b c"],
      ["  said\n", "said"],
      [new WithoutMessage({ cause: new Error("what is behind it") }), "what is behind it"],
      [new WithoutMessage({}), "WithoutMessage"],
      [
        Object.assign(new AggregateError([new Error("one"), new Error("other"), new Error("one")]), { code: "E" }),
        "one, other"
      ],
      [Object.assign(new Error(""), { code: "ENOSPC" }), "ENOSPC"],
      [{ errno: 51, name: "ErrnoError" }, "ErrnoError"],
      [undefined, "undefined"],
      ["", "an unknown error"]
    ] as const
  ) {
    it(line, () => {
      assert.strictEqual(errorLine(error), line)
    })
  }
})
