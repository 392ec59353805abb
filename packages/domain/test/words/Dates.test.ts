import { assert, describe, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Due } from "@todo/domain/dates/Due"
import { readDate, readDateAt } from "@todo/domain/words/Dates"
import { English } from "@todo/domain/words/English"
import { German } from "@todo/domain/words/German"
import { readRepeat } from "@todo/domain/words/Repeats"
import { Result } from "effect"
import { momentAt } from "../support/moments.ts"

const moment = momentAt()

describe("a date in words", () => {
  it("is all of a text, or refused at the place where it ends", () => {
    for (
      const [text, rest] of [
        ["som", "som"],
        ["tomorrow 25:00", "25:00"],
        [" friday or so ", "or so"],
        ["last friday", "last friday"],
        ["monday 27 november", "27 november"],
        ["feb 30", "feb 30"],
        ["13/6/2026x", "13/6/2026x"],
        ["today+3", "today+3"],
        ["", ""],
        ["oct 5 14:00 Mars/Base", "Mars/Base"]
      ] as const
    ) {
      const read = readDate(text, moment)
      if (Result.isSuccess(read)) return assert.fail(text)
      const { code, from, to } = read.failure
      assert.deepStrictEqual([code, text.slice(from, to)], ["invalid_date", rest])
    }
  })

  it("is in another language where one's own has no such words, and what else it may be is told in one's own", () => {
    const german = momentAt({ language: German })
    const read = (text: string, at = moment) => Result.getOrThrow(readDate(text, at))
    assert.deepStrictEqual(read("morgen").due, { date: "2026-10-01" } as Due)
    assert.deepStrictEqual(read("nächsten Freitag").alternatives.map(({ reading }) => reading), ["Fri 2 Oct"])
    assert.deepStrictEqual(
      read("tomorrow 9am", german).due,
      { date: "2026-10-01", time: "09:00", timeZone: null } as Due
    )
    assert.isNull(read("no date", german).due)
    const rule = (text: string, at = moment) => Result.getOrThrow(readRepeat(text, at, null)).repeat.rule
    assert.strictEqual(rule("jeden Montag"), "FREQ=WEEKLY;BYDAY=MO")
    assert.strictEqual(rule("every 3 days", german), "FREQ=DAILY;INTERVAL=3")
  })

  it("is none where words say so", () => {
    assert.isNull(Result.getOrThrow(readDate(" No date ", moment)).due)
  })

  it("is at the beginning of a text as long as it can be", () => {
    const at = (text: string) => {
      const found = readDateAt(text, moment)
      return found && [text.slice(0, found.to), found.due?.date]
    }
    assert.deepStrictEqual(at("next week friday and @work"), ["next week friday", "2026-10-09"])
    assert.deepStrictEqual(at("oct 5 | today"), ["oct 5", "2026-10-05"])
    assert.isUndefined(at("@work"))
  })

  it("is of the day before while that has not ended, and a time alone is the next on the clock", () => {
    const late = { ...momentAt({ now: "2026-10-01T23:00:00Z" }), today: "2026-10-01" as DateOnly }
    const due = (text: string) => Result.getOrThrow(readDate(text, late)).due
    assert.deepStrictEqual(due("tomorrow"), { date: "2026-10-02" } as Due)
    assert.deepStrictEqual(due("0:30"), { date: "2026-10-03", time: "00:30", timeZone: null } as Due)
    assert.deepStrictEqual(due("5pm"), { date: "2026-10-02", time: "17:00", timeZone: null } as Due)
  })

  it("with a time that has passed is the next of that name, and the first is named", () => {
    const read = Result.getOrThrow(readDate("sep 30 9am", moment))
    assert.deepStrictEqual(read.due, { date: "2027-09-30", time: "09:00", timeZone: null } as Due)
    assert.deepStrictEqual(read.alternatives.map(({ value }) => value), [
      { date: "2026-09-30", time: "09:00", timeZone: null } as Due
    ])
  })

  it("of an evening that is over is today, all day long", () => {
    const late = momentAt({ now: "2026-09-30T18:00:00Z" })
    for (const text of ["tonight", "this evening", "today evening"]) {
      assert.deepStrictEqual(Result.getOrThrow(readDate(text, late)).due, { date: "2026-09-30" } as Due, text)
    }
  })

  it("in figures has the order that is set", () => {
    const date = (text: string, dateOrder: "ymd" | "dmy" | "mdy") =>
      Result.match(readDate(text, momentAt({ dateOrder })), {
        onFailure: () => "none",
        onSuccess: ({ due }) => due?.date
      })
    assert.deepStrictEqual((["ymd", "dmy", "mdy"] as const).map((order) => date("10/2", order)), [
      "2026-10-02",
      "2027-02-10",
      "2026-10-02"
    ] as ReadonlyArray<string> as never)
    assert.deepStrictEqual((["ymd", "dmy", "mdy"] as const).map((order) => date("25/9", order)), [
      "none",
      "2027-09-25",
      "none"
    ] as ReadonlyArray<string> as never)
  })

  it("is after today where it is the coming one, also on that day", () => {
    const friday = { now: "2026-10-02T10:00:00Z" }
    const due = (text: string, language = English) =>
      Result.getOrThrow(readDate(text, momentAt({ ...friday, language }))).due?.date
    assert.deepStrictEqual([
      due("kommenden Freitag", German),
      due("diesen Freitag", German),
      due("this coming friday"),
      due("a week on friday")
    ], ["2026-10-09", "2026-10-02", "2026-10-09", "2026-10-16"] as ReadonlyArray<string> as never)
  })

  it("with dots has the day first, but where the month is", () => {
    const read = (text: string, dateOrder: "ymd" | "dmy" | "mdy") => {
      const { alternatives, due } = Result.getOrThrow(readDate(text, momentAt({ dateOrder })))
      return [due?.date, ...alternatives.map(({ value }) => (value as Due).date)]
    }
    assert.deepStrictEqual((["ymd", "dmy", "mdy"] as const).map((order) => read("5.10.", order)), [
      ["2026-10-05", "2027-05-10"],
      ["2026-10-05", "2027-05-10"],
      ["2027-05-10", "2026-10-05"]
    ] as ReadonlyArray<ReadonlyArray<string>> as never)
    assert.deepStrictEqual(read("5.10.27", "ymd"), ["2027-10-05", "2027-05-10"] as ReadonlyArray<string> as never)
    assert.deepStrictEqual(read("25.10.2026", "ymd"), ["2026-10-25"] as ReadonlyArray<string> as never)
  })

  it("ends with the years that there are", () => {
    assert.isTrue(Result.isFailure(readDate("in 9999 years", moment)))
    assert.isTrue(Result.isFailure(readDate("9999 days before today", momentAt({ now: "1990-01-01T00:00:00Z" }))))
    assert.isTrue(Result.isSuccess(readDate("in 7973 years", moment)))
  })
})

describe("a repetition in words", () => {
  it("is all of a text, or refused at the place where it ends", () => {
    for (
      const [text, code, place] of [
        ["monday", "invalid_rule", "monday"],
        ["every monday perhaps", "invalid_rule", "perhaps"],
        ["every day until yesterday", "invalid_rule", "every day until yesterday"],
        ["every 400 days", "recurrence_not_expressible", "every 400 days"],
        ["every other weekend", "recurrence_not_expressible", "every other weekend"],
        [" every 6 workdays ", "recurrence_not_expressible", "every 6 workdays"],
        ["every day except holidays", "recurrence_not_expressible", "every day except holidays"],
        ["every feb 30", "invalid_rule", "every feb 30"],
        ["", "invalid_rule", ""]
      ] as const
    ) {
      const read = readRepeat(text, moment, null)
      if (Result.isSuccess(read)) return assert.fail(text)
      assert.deepStrictEqual([read.failure.code, text.slice(read.failure.from, read.failure.to)], [code, place])
    }
  })

  it("takes day, time and zone from when its task is due", () => {
    const due = { date: "2027-01-31", time: "09:00", timeZone: "Europe/London" } as Due
    const read = Result.getOrThrow(readRepeat("every 2 months", moment, due))
    assert.strictEqual(read.repeat.rule, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")
    assert.deepStrictEqual(read.due, due)
  })

  it("begins with the first day that fits, from when its task is due", () => {
    const read = Result.getOrThrow(readRepeat("every friday at 5pm", moment, { date: "2026-10-05" as DateOnly }))
    assert.deepStrictEqual(read.due, { date: "2026-10-09", time: "17:00", timeZone: null } as Due)
  })

  it("of several days in some weeks counts weeks as they are set", () => {
    const rule = (text: string) => Result.getOrThrow(readRepeat(text, momentAt({ weekStart: "sun" }), null)).repeat.rule
    assert.strictEqual(rule("every 2 weeks on sun and tue"), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU")
    assert.strictEqual(rule("every other tue"), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
  })

  it("by the hour is in UTC, from the time that is told or after so many hours", () => {
    const due = (text: string) => Result.getOrThrow(readRepeat(text, moment, null)).due
    const utc = "Etc/UTC"
    assert.deepStrictEqual(due("every 12 hours"), { date: "2026-10-01", time: "00:00", timeZone: utc } as Due)
    assert.deepStrictEqual(
      due("every 2 hours starting tomorrow 9am"),
      { date: "2026-10-01", time: "07:00", timeZone: utc } as Due
    )
  })
})
