import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { readDate } from "@todo/domain/words/Dates"
import { readRepeat } from "@todo/domain/words/Repeats"
import { Result } from "effect"
import rows from "../cases/moments.json" with { type: "json" }
import { momentAt } from "../support/moments.ts"

const text = (due: Due | null) =>
  due === null ? "none" : [due.date, ..."time" in due ? [due.time, due.timeZone ?? ""] : []].join(" ").trim()

/** The table is made by another implementation: see moments.py. */
describe("the same words at ten moments in five zones", () => {
  for (const { now, timeZone, words } of rows) {
    it(`${now} in ${timeZone}`, () => {
      const moment = momentAt({ now, timeZone })
      const read = Object.keys(words).map((said) => {
        const { due } = said.startsWith("every")
          ? Result.getOrThrow(readRepeat(said, moment, null))
          : Result.getOrThrow(readDate(said, moment))
        return [said, text(due)]
      })
      assert.deepStrictEqual(Object.fromEntries(read) as Record<string, string>, words)
    })
  }
})
