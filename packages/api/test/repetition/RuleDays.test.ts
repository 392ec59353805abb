import { assert, describe, it } from "@effect/vitest"
import { dateOf, dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { daysFrom, isDayRule, periodsFrom } from "@todo/domain/repetition/RuleDays"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import * as fc from "fast-check"
import { beginning, ruleText } from "./RandomRule.ts"

const dayRule = (text: string) => {
  const rule = Result.getOrThrow(parseRule(text, []))
  if (!isDayRule(rule)) throw new Error(text)
  return rule
}
const day = (date: string) => dayNumber(date as DateOnly)

/** How many periods are looked at for the next date. */
const steps = (text: string, anchor: string, from: string) => {
  let looked = 0
  for (const days of periodsFrom(dayRule(text), day(anchor), day(from))) {
    looked++
    if (days.some((it) => it >= day(from))) break
  }
  return looked
}

const take = (text: string, anchor: string, from: string, many: number) => {
  const found: Array<string> = []
  for (const it of daysFrom(dayRule(text), day(anchor), day(from))) if (found.push(dateOf(it)) === many) break
  return found
}

describe("the days of a rule", () => {
  it.each([
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY"
  ])(
    "of %s take no longer to find in an old series",
    (text) => assert.isAtMost(steps(text, "1970-01-31", "2026-10-25"), 2)
  )

  it.each([
    ["FREQ=DAILY;INTERVAL=7;BYDAY=TU", "2026-10-26", 20_872],
    ["FREQ=DAILY;INTERVAL=364;BYDAY=TU;BYMONTHDAY=31", "2026-10-26", 20_872],
    ["FREQ=WEEKLY;BYDAY=MO;BYMONTH=2;BYSETPOS=1", "2026-10-26", 20],
    ["FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "2026-01-01", 402],
    ["FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2026-01-01", 102],
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2028-03-01", 1_500]
  ])("of %s are found, or known never to come, in a bounded number of steps", (text, anchor, most) => {
    assert.isAtMost(steps(text, anchor, anchor), most)
  })

  it("are found in no more steps than there are days in 400 years, whatever the rule", () => {
    fc.assert(
      fc.property(ruleText, beginning, (text, { date }) => {
        assert.isAtMost(steps(text, date, "2026-10-25"), 146_098, text)
      }),
      { numRuns: 500 }
    )
  })

  it("are the same from wherever one looks", () => {
    fc.assert(
      fc.property(ruleText, beginning, fc.integer({ min: 0, max: 5 }), (text, { date }, skipped) => {
        const all = take(text, date, date, 12)
        const from = all[skipped]
        if (from !== undefined) assert.deepStrictEqual(take(text, date, from, 12 - skipped), all.slice(skipped), text)
      }),
      { numRuns: 2_000 }
    )
  })
})
