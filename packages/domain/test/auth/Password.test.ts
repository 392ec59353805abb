import { assert, describe, it } from "@effect/vitest"
import { normalPassword, passwordLength, passwordLimits } from "../../src/auth/Password.ts"

describe("a password", () => {
  it("is the same text however a keyboard makes it", () => {
    assert.strictEqual(normalPassword("cafe\u0301 horse"), "caf\u00e9 horse")
    assert.strictEqual(normalPassword("\uff50\uff41\uff53\uff53"), "pass")
    assert.strictEqual(normalPassword(normalPassword("\ufb01sh")), "fish")
  })

  it("has as many characters as people would count: code points of that text", () => {
    for (
      const [typed, length] of [
        ["", 0],
        ["password", 8],
        ["🐴🐴🐴🐴", 4],
        ["🐴".repeat(128), 128],
        ["e\u0301".repeat(8), 8],
        ["\ufb01", 2]
      ] as const
    ) {
      assert.strictEqual(passwordLength(typed), length)
    }
  })

  it("is not looked at when it is too long, and none that may be set is too long for that", () => {
    assert.strictEqual(passwordLength("a".repeat(1_000_000)), Infinity)
    // The most that one character is made of: a letter of two units, and marks of two.
    for (const typed of ["\u03b1\u0313\u0300\u0345", "\u{1d157}\u{1d165}\u{1d16e}", "\u{110a5}\u{110ba}"]) {
      const most = typed.repeat(passwordLimits.max)
      assert.isBelow(passwordLength(most), Infinity)
    }
  })
})
