import { assert, describe, it } from "@effect/vitest"
import { Occurrence, occurrenceDue } from "@todo/domain/repetition/Occurrence"
import { checkedRule, patchedRepeat } from "@todo/domain/repetition/Repeat"
import { parseRule, printRule } from "@todo/domain/repetition/RuleText"
import { Result, Schema } from "effect"

const message = (text: string) => Result.getOrThrow(Result.flip(parseRule(text, ["repeat", "rule"]))).message

describe("the text of a rule", () => {
  it.each([
    "FREQ=DAILY",
    "FREQ=HOURLY;INTERVAL=12",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
    "FREQ=MONTHLY;BYMONTH=2;BYDAY=2SU,-2SU,-3SU",
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    "FREQ=YEARLY;UNTIL=20301231;BYDAY=20MO",
    "FREQ=DAILY;UNTIL=20301231T225959Z",
    "FREQ=DAILY;UNTIL=20301231T235959"
  ])("%s is read, and written as it was", (text) => {
    assert.strictEqual(printRule(Result.getOrThrow(parseRule(text, []))), text)
  })

  it("is read in any case and order, without what is usual and what is there twice", () => {
    const rule = Result.getOrThrow(parseRule("byday=mo,+1tu,MO;interval=1;wkst=mo;freq=monthly", []))
    assert.strictEqual(printRule(rule), "FREQ=MONTHLY;BYDAY=MO,1TU")
  })

  it.each([
    ["", "no part"],
    ["every day", "no part EVERY DAY"],
    ["INTERVAL=2", "needs FREQ"],
    ["FREQ=SECONDLY", "needs FREQ"],
    ["FREQ=DAILY;FOO=1", "no part FOO"],
    ["FREQ=DAILY;BYHOUR=9", "no part BYHOUR"],
    ["FREQ=YEARLY;BYWEEKNO=20", "no part BYWEEKNO"],
    ["FREQ=DAILY;__proto__=1", "no part __PROTO__"],
    ["FREQ=DAILY;", "no part"],
    ["FREQ=DAILY\nEXDATE:20261025", "needs FREQ"],
    ["FREQ=DAILY;FREQ=WEEKLY", "FREQ once"],
    ["FREQ=DAILY;INTERVAL=0", "INTERVAL takes 1 to 366"],
    ["FREQ=DAILY;INTERVAL=367", "INTERVAL takes 1 to 366"],
    ["FREQ=DAILY;INTERVAL=1.5", "INTERVAL takes 1 to 366"],
    ["FREQ=DAILY;COUNT=1001", "COUNT takes 1 to 1000"],
    ["FREQ=DAILY;COUNT=3;UNTIL=20261231", "not both"],
    ["FREQ=DAILY;UNTIL=20260230", "UNTIL takes a date"],
    ["FREQ=DAILY;UNTIL=19691231", "UNTIL takes a date"],
    ["FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY takes 1 to 31 and -1 to -31"],
    ["FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY takes 1 to 31 and -1 to -31"],
    ["FREQ=MONTHLY;BYMONTHDAY=", "BYMONTHDAY takes"],
    ["FREQ=MONTHLY;BYDAY=6MO", "five times"],
    ["FREQ=MONTHLY;BYDAY=XX", "one of MO"],
    ["FREQ=WEEKLY;BYDAY=1MO", "only MONTHLY and YEARLY"],
    ["FREQ=WEEKLY;BYMONTHDAY=1", "no BYMONTHDAY"],
    ["FREQ=HOURLY;BYDAY=MO", "names days"],
    ["FREQ=MONTHLY;BYSETPOS=1", "another part"],
    ["FREQ=DAILY;BYDAY=MO;BYSETPOS=1", "another part"],
    ["FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3", "no period"],
    ["FREQ=MONTHLY;BYDAY=2FR;BYMONTHDAY=13", "both number"],
    ["FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=31", "None of these months"],
    [`FREQ=MONTHLY;BYMONTHDAY=${"1,".repeat(300)}1`, "at most 500"]
  ])("%s is refused", (text, part) => assert.include(message(text), part))
})

describe("how a task repeats", () => {
  const floating = { date: "2026-10-25", time: "09:30", timeZone: null } as never
  const inUtc = { date: "2026-10-25", time: "09:30", timeZone: "Etc/UTC" } as never

  it("by the hour only with a time in UTC", () => {
    assert.isTrue(Result.isFailure(checkedRule("FREQ=HOURLY", floating)))
    assert.isTrue(Result.isFailure(checkedRule("FREQ=HOURLY", { date: "2026-10-25" } as never)))
    assert.isTrue(Result.isSuccess(checkedRule("FREQ=HOURLY", inUtc)))
    assert.isTrue(Result.isSuccess(checkedRule("FREQ=DAILY", floating)))
  })

  it("changes in what a merge-patch names, and loses the words of another rule", () => {
    const daily = { rule: "FREQ=DAILY", from: "schedule", missed: "skip", text: "every day" } as const
    const patched = (...it: Parameters<typeof patchedRepeat>) => Result.getOrThrow(patchedRepeat(...it))
    assert.deepStrictEqual(patched(null, { rule: "FREQ=DAILY" }), { ...daily, text: null })
    assert.deepStrictEqual(patched(daily, { missed: "each" }), { ...daily, missed: "each" })
    assert.deepStrictEqual(patched(daily, { rule: "FREQ=WEEKLY" }), { ...daily, rule: "FREQ=WEEKLY", text: null })
    assert.strictEqual(patched(daily, null), null)
    assert.strictEqual(patched(null, {}), null)
    assert.isTrue(Result.isFailure(patchedRepeat(null, { missed: "each" })))
  })

  it("calls its occurrences by date and time", () => {
    assert.strictEqual(occurrenceDue(floating), "2026-10-25T09:30")
    const is = Schema.is(Occurrence)
    for (const text of ["2026-10-25", "2026-10-25T09:30"]) assert.isTrue(is(text), text)
    for (const text of ["2026-02-30", "2026-10-25T24:00", "2026-10-25T09:30Z", "2026-10-25T", ""]) {
      assert.isFalse(is(text), text)
    }
  })
})
