import { assert, describe, it } from "@effect/vitest"
import { folded, numberMeant, searchWords } from "@todo/domain/filter/Search"
import * as fc from "fast-check"

describe("a search", () => {
  for (
    const [text, bare] of [
      ["Straße", "strasse"],
      ["STRASSE", "strasse"],
      ["Übung", "ubung"],
      ["e\u0301te\u0301", "ete"],
      ["Łódź", "lodz"],
      ["Ærø", "aero"],
      ["ﬁn", "fin"],
      ["がぎぐ", "がぎぐ"],
      ["한국어", "한국어"],
      ["МОЛОКО", "молоко"],
      ["İstanbul", "istanbul"]
    ] as const
  ) {
    it(`takes ${text} for ${bare}`, () => {
      assert.strictEqual(folded(text), bare)
    })
  }

  it("is for words, each once, without those that are found with another", () => {
    assert.deepStrictEqual(searchWords(" Milk  milk oat MIL oatmeal "), ["milk", "oatmeal"])
    // 12 may be found as a number, and then there is no 2.
    assert.deepStrictEqual(searchWords("2 12"), ["2", "12"])
  })

  it("may mean the number of a task", () => {
    assert.strictEqual(numberMeant("7"), 7)
    assert.strictEqual(numberMeant("#7"), 7)
    for (const word of ["07", "#", "7.", "0", "2147483648", "9".repeat(30), "##7"]) {
      assert.isUndefined(numberMeant(word), word)
    }
  })

  it("folds what is folded no more", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const once = folded(text)
      assert.strictEqual(folded(once), once)
    }))
  })
})
