import { assert, describe, it } from "@effect/vitest"
import { explain } from "@todo/domain/filter/Meaning"
import { parse } from "@todo/domain/filter/Parser"
import { Result } from "effect"
import * as fc from "fast-check"
import { dates, dayOn, wednesday } from "../support/filterDates.ts"
import { anyTerm, treesOf } from "../support/filterTrees.ts"

const dayOf = dayOn(wednesday)
const meaning = (text: string) => explain(Result.getOrThrow(parse(text, dates)).tree, dayOf)

describe("the meaning of a filter", () => {
  for (
    const [text, words] of [
      ["today", "open, and due or starting today. Without the trash and archived projects."],
      [
        "today not @work",
        "open, and due or starting today, and not tagged work. Without the trash and archived projects."
      ],
      [
        "@a | @b",
        "open, and (tagged a, or tagged b). Without the trash and archived projects."
      ],
      [
        "due before friday in:=Old",
        "open, and due before friday (2026-10-02), and in Old itself. Without the trash and archived projects other than Old."
      ],
      [
        "done not (\"oat milk\" or number > 7)",
        "done, and not (with “oat” and “milk”, or with a number greater than 7). Without the trash and archived projects."
      ],
      ["trash due:none", "in the trash, and without a due date. Without archived projects."],
      [
        "all title != Milk",
        "open or done, and with another title than “Milk”. Without the trash and archived projects."
      ],
      [
        "all p1 #inbox no tags",
        "open or done, and with the priority p1, and in the Inbox, and without tags. Without the trash and archived projects."
      ],
      [
        "due before next friday",
        "open, and due before next friday (2026-10-09, not 2026-10-02). Without the trash and archived projects."
      ],
      ["completed on 2026-09-01", "done on 2026-09-01. Without the trash and archived projects."]
    ] as const
  ) {
    it(text, () => {
      assert.strictEqual(meaning(text), `Tasks: ${words}`)
    })
  }

  it("can be told of any", () => {
    fc.assert(fc.property(treesOf(anyTerm), (tree) => {
      assert.notMatch(explain(tree, dayOf), /undefined|\[object|NaN/)
    }))
  })
})
