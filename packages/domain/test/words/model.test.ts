import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { readDate } from "@todo/domain/words/Dates"
import { readRepeat } from "@todo/domain/words/Repeats"
import { Result } from "effect"
import { momentAt } from "../support/moments.ts"

/** Wednesday, 30 September 2026, two in the afternoon in Berlin; weeks from Monday, day before month. */
const moment = momentAt()

const text = (due: Due | null) =>
  due === null ? "none" : [due.date, ..."time" in due ? [due.time, due.timeZone ?? ""] : []].join(" ").trim()

/** As MODEL.md has them. */
const dates: ReadonlyArray<readonly [words: string, due: string, ...others: ReadonlyArray<string>]> = [
  ["today", "2026-09-30"],
  ["yesterday", "2026-09-29"],
  ["tomorrow", "2026-10-01"],
  ["friday", "2026-10-02"],
  ["wednesday", "2026-10-07", "2026-09-30"],
  ["this friday", "2026-10-02"],
  ["next friday", "2026-10-09", "2026-10-02"],
  ["next monday", "2026-10-05"],
  ["this weekend", "2026-10-03"],
  ["next week", "2026-10-05"],
  ["next month", "2026-10-01"],
  ["end of week", "2026-10-04"],
  ["end of month", "2026-09-30"],
  ["in 3 days", "2026-10-03"],
  ["in 2 weeks", "2026-10-14"],
  ["in 1 month", "2026-10-30"],
  ["in 90 minutes", "2026-09-30 15:30"],
  ["5pm", "2026-09-30 17:00"],
  ["17:00", "2026-09-30 17:00"],
  ["1am", "2026-10-01 01:00"],
  ["12:30am", "2026-10-01 00:30"],
  ["9:30", "2026-10-01 09:30"],
  ["tomorrow morning", "2026-10-01 09:00"],
  ["tomorrow noon", "2026-10-01 12:00"],
  ["tomorrow evening", "2026-10-01 19:00"],
  ["at noon", "2026-10-01 12:00"],
  ["sat 8pm", "2026-10-03 20:00"],
  ["31st", "2026-10-31"],
  ["feb 29", "2028-02-29"],
  ["2.10.", "2026-10-02", "2027-02-10"],
  ["2/10", "2026-10-02", "2027-02-10"],
  ["10/2", "2027-02-10", "2026-10-02"],
  ["2026-10-02", "2026-10-02"],
  ["2026-W53", "2026-12-28"],
  ["2026-W53-5", "2027-01-01"],
  ["tomorrow 9am", "2026-10-01 09:00"],
  ["friday at noon", "2026-10-02 12:00"],
  ["oct 5 14:00 Europe/London", "2026-10-05 14:00 Europe/London"],
  ["at 5", "2026-09-30 17:00", "2026-10-01 05:00"],
  ["at 4", "2026-09-30 16:00", "2026-10-01 04:00"],
  ["today at 5", "2026-09-30 17:00", "2026-09-30 05:00"],
  ["tomorrow at 5", "2026-10-01 05:00", "2026-10-01 17:00"],
  ["no date", "none"]
]

const completion = (rule: string) => [rule, "completion"] as const

/** The rule and the first date. */
const repetitions: ReadonlyArray<readonly [words: string, rule: string | readonly [string, string], first: string]> = [
  ["every day", "DAILY", "2026-09-30"],
  ["every 3 days", "DAILY;INTERVAL=3", "2026-09-30"],
  ["every other day", "DAILY;INTERVAL=2", "2026-09-30"],
  ["every weekday", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-09-30"],
  ["every weekend", "WEEKLY;BYDAY=SA", "2026-10-03"],
  ["every monday", "WEEKLY;BYDAY=MO", "2026-10-05"],
  ["every wednesday", "WEEKLY;BYDAY=WE", "2026-09-30"],
  ["every mon, thu", "WEEKLY;BYDAY=MO,TH", "2026-10-01"],
  ["every other tue", "WEEKLY;INTERVAL=2;BYDAY=TU", "2026-10-06"],
  ["every week", "WEEKLY", "2026-09-30"],
  ["every month", "MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-09-30"],
  ["every 15th", "MONTHLY;BYMONTHDAY=15", "2026-10-15"],
  ["every last day", "MONTHLY;BYMONTHDAY=-1", "2026-09-30"],
  ["every 31st", "MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-09-30"],
  ["every 30th", "MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-09-30"],
  ["every 29th", "MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "2026-10-29"],
  ["every 3rd friday", "MONTHLY;BYDAY=3FR", "2026-10-16"],
  ["every last friday", "MONTHLY;BYDAY=-1FR", "2026-10-30"],
  ["every first workday", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2026-10-01"],
  ["every last workday", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-09-30"],
  ["every quarter", "MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-09-30"],
  ["every 6 months", "MONTHLY;INTERVAL=6;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-09-30"],
  ["every year", "YEARLY;BYMONTH=9;BYMONTHDAY=30", "2026-09-30"],
  ["every jan 27", "YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27"],
  ["every jan 29", "YEARLY;BYMONTH=1;BYMONTHDAY=29", "2027-01-29"],
  ["every feb 29", "YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2027-02-28"],
  ["every 12 hours", "HOURLY;INTERVAL=12", "2026-10-01 00:00 Etc/UTC"],
  ["every hour", "HOURLY", "2026-09-30 13:00 Etc/UTC"],
  ["every! 3 days", completion("DAILY;INTERVAL=3"), "2026-09-30"],
  ["every! month", completion("MONTHLY"), "2026-09-30"],
  ["every! 3 weeks on sat", completion("WEEKLY;INTERVAL=3;BYDAY=SA"), "2026-10-03"],
  ["3 days after completion", completion("DAILY;INTERVAL=3"), "2026-09-30"],
  ["every day starting nov 1", "DAILY", "2026-11-01"],
  ["every day until dec 31", "DAILY;UNTIL=20261231", "2026-09-30"],
  ["every day for 3 weeks", "DAILY;UNTIL=20261020", "2026-09-30"],
  ["every day 5 times", "DAILY;COUNT=5", "2026-09-30"],
  ["every day at 9:30", "DAILY", "2026-10-01 09:30"],
  ["every day at 15:00", "DAILY", "2026-09-30 15:00"],
  ["daily", "DAILY", "2026-09-30"],
  ["weekly on", "none", ""]
]

describe("what the contract says that dates are", () => {
  for (const [words, due, ...others] of dates) {
    it(words, () => {
      const read = Result.getOrThrow(readDate(words, moment))
      assert.strictEqual(text(read.due), due)
      assert.deepStrictEqual(read.alternatives.map(({ value }) => text(value as Due)), others)
    })
  }

  it("in 1 month, on the last of January", () => {
    const { due } = Result.getOrThrow(readDate("in 1 month", momentAt({ now: "2026-01-31T12:00:00Z" })))
    assert.strictEqual(text(due), "2026-02-28")
  })
})

describe("what the contract says that repetitions are", () => {
  for (const [words, said, first] of repetitions) {
    it(words, () => {
      const read = readRepeat(words, moment, null)
      if (Result.isFailure(read)) return assert.strictEqual(said, "none")
      const [rule, from] = typeof said === "string" ? [said, "schedule"] : said
      const { due, repeat } = read.success
      assert.deepStrictEqual([repeat.rule, repeat.from, text(due)], [`FREQ=${rule}`, from, first])
    })
  }
})
