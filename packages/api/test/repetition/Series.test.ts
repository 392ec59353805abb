import { assert, describe, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Occurrence } from "@todo/domain/repetition/Occurrence"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import type { Place } from "../../src/dates/LocalDay.ts"
import { advanced } from "../../src/repetition/Advance.ts"
import { nextOccurrence, occurrences, type Series } from "../../src/repetition/Series.ts"

const berlin = { timeZone: "Europe/Berlin", dayEndsAt: "00:00" } as Place

const series = (rule: string, first: string, more: Partial<Series> = {}): Series => ({
  rule: Result.getOrThrow(parseRule(rule, [])),
  from: "schedule",
  missed: "skip",
  timeZone: null,
  first: first as Occurrence,
  current: first as Occurrence,
  ordinal: 1,
  ...more
})

const next = (it: Series, done: string, place = berlin) => nextOccurrence(it, Date.parse(done), place)?.current
const come = (it: Series, many: number, place = berlin): ReadonlyArray<string> => occurrences(it, many, place)

const monthEnd = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

describe("a series", () => {
  it("of ends of months does not drift in ten years, whether each is done or all are looked at", () => {
    const first = series("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-01-31")
    const expected = Array.from({ length: 121 }, (_, index) => monthEnd(2026 + Math.floor(index / 12), index % 12 + 1))
    assert.deepStrictEqual(come(first, 121), expected)
    const done: Array<string> = [first.current]
    for (let at = first; done.length < 121;) {
      at = { ...at, ...nextOccurrence(at, Date.parse(`${at.current}T09:00:00Z`), berlin)! }
      done.push(at.current)
    }
    assert.deepStrictEqual(done, expected)
  })

  it("of the 29th, 30th and last days keeps each to its day", () => {
    for (const day of [29, 30]) {
      const days = Array.from({ length: day - 27 }, (_, index) => 28 + index).join(",")
      const found = come(series(`FREQ=MONTHLY;BYMONTHDAY=${days};BYSETPOS=-1`, `2026-01-${day}`), 121)
      for (const date of found) {
        const [year, month] = date.split("-").map(Number)
        assert.strictEqual(Number(date.slice(8)), Math.min(day, Number(monthEnd(year!, month!).slice(8))), date)
      }
      assert.strictEqual(found.length, new Set(found.map((date) => date.slice(0, 7))).size)
    }
    assert.deepStrictEqual(
      come(series("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31"), 120),
      Array.from({ length: 120 }, (_, index) => monthEnd(2026 + Math.floor(index / 12), index % 12 + 1))
    )
  })

  it("begins with its first date, which counts, whatever the rule says of it", () => {
    assert.deepStrictEqual(come(series("FREQ=WEEKLY;BYDAY=FR;COUNT=3", "2026-09-30"), 9), [
      "2026-09-30",
      "2026-10-02",
      "2026-10-09"
    ])
  })

  it("ends with COUNT, of which what was missed is a part", () => {
    const five = series("FREQ=DAILY;COUNT=5", "2026-10-01")
    assert.deepStrictEqual(nextOccurrence(five, Date.parse("2026-10-03T10:00:00Z"), berlin), {
      current: "2026-10-04",
      ordinal: 4
    })
    assert.strictEqual(
      next({ ...five, current: "2026-10-04" as Occurrence, ordinal: 4 }, "2026-10-05T10:00:00Z"),
      undefined
    )
    assert.strictEqual(next({ ...five, missed: "each" }, "2027-10-05T10:00:00Z"), "2026-10-02")
    assert.strictEqual(next({ ...five, from: "completion", ordinal: 5 }, "2026-10-05T10:00:00Z"), undefined)
  })

  it.each([
    ["a date, to its end", "UNTIL=20261113", "2026-11-13T17:00"],
    ["an instant, in the zone", "UNTIL=20261113T215959Z", "2026-11-06T17:00"],
    ["an instant, itself included", "UNTIL=20261113T220000Z", "2026-11-13T17:00"],
    ["a time on the wall", "UNTIL=20261113T170000", "2026-11-13T17:00"],
    ["a time on the wall before it", "UNTIL=20261113T165959", "2026-11-06T17:00"]
  ])("ends with %s", (_, until, last) => {
    const place = { ...berlin, timeZone: "America/New_York" } as Place
    assert.strictEqual(come(series(`FREQ=WEEKLY;BYDAY=FR;${until}`, "2026-10-30T17:00"), 9, place).at(-1), last)
  })

  it("all day long ends with the date of UNTIL, whatever its time", () => {
    assert.strictEqual(come(series("FREQ=DAILY;UNTIL=20261003T000000Z", "2026-10-01"), 9).at(-1), "2026-10-03")
  })

  it("ends with the last year, and where no date is left", () => {
    assert.deepStrictEqual(come(series("FREQ=YEARLY;INTERVAL=366", "9600-02-29"), 9), ["9600-02-29"])
    assert.deepStrictEqual(come(series("FREQ=DAILY", "9999-12-30"), 9), ["9999-12-30", "9999-12-31"])
    assert.deepStrictEqual(come(series("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "2026-10-26"), 9), ["2026-10-26"])
  })

  it("of hours counts time that passes", () => {
    const hours = series("FREQ=HOURLY;INTERVAL=12", "2026-10-24T20:00", { timeZone: "Etc/UTC" as never })
    assert.deepStrictEqual(come(hours, 3), ["2026-10-24T20:00", "2026-10-25T08:00", "2026-10-25T20:00"])
    assert.strictEqual(next(hours, "2026-10-26T08:00:00Z"), "2026-10-26T20:00")
    assert.strictEqual(next({ ...hours, missed: "each" }, "2026-10-26T08:00:00Z"), "2026-10-25T08:00")
    assert.strictEqual(next({ ...hours, from: "completion" }, "2026-10-26T08:17:30Z"), "2026-10-26T20:17")
    assert.strictEqual(next(series("FREQ=HOURLY;COUNT=3", "2026-10-24T20:00"), "2026-10-24T22:30:00Z"), undefined)
  })

  it("from completion goes on after what is done early, too", () => {
    const days = series("FREQ=DAILY;INTERVAL=3", "2026-10-10", { from: "completion" })
    assert.strictEqual(next(days, "2026-10-10T10:00:00Z"), "2026-10-13")
    assert.strictEqual(next(days, "2026-10-01T10:00:00Z"), "2026-10-11")
    assert.deepStrictEqual(come(days, 3), ["2026-10-10", "2026-10-13", "2026-10-16"])
    const workdays = series("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-30", { from: "completion" })
    assert.strictEqual(next(workdays, "2026-10-29T10:00:00Z"), "2026-11-30")
  })

  it("of a time is not done before its instant, where the fixed zone is another", () => {
    const fixed = series("FREQ=DAILY", "2026-10-01T09:00", { timeZone: "Pacific/Kiritimati" as never })
    assert.strictEqual(next(fixed, "2026-10-04T18:59:59Z"), "2026-10-05T09:00")
    assert.strictEqual(next(fixed, "2026-10-04T19:00:00Z"), "2026-10-06T09:00")
  })

  it("takes its start along, in days, and its zone", () => {
    const start = { date: "2026-09-29" as DateOnly, time: "18:00" as never, timeZone: null }
    const fixed = series("FREQ=MONTHLY", "2026-10-01T09:00", { timeZone: "Europe/Berlin" as never })
    assert.deepStrictEqual(advanced({ series: fixed, start }, Date.parse("2026-10-01T10:00:00Z"), berlin), {
      occurrence: "2026-11-01T09:00",
      ordinal: 1,
      due: { date: "2026-11-01", time: "09:00", timeZone: "Europe/Berlin" },
      start: { date: "2026-10-30", time: "18:00", timeZone: null }
    } as never)
  })

  it("goes on from its own date where this one was moved, and its start from there (H3 of the history)", () => {
    const at = (date: string) => ({ date: date as DateOnly })
    const mondays = series("FREQ=WEEKLY;BYDAY=MO", "2026-10-05")
    const second = advanced({ series: mondays, start: at("2026-10-03") }, Date.parse("2026-10-05T08:00:00Z"), berlin)!
    assert.deepStrictEqual([second.due, second.start], [at("2026-10-12"), at("2026-10-10")])
    const moved = { series: { ...mondays, current: second.occurrence }, start: at("2026-10-08") }
    const third = advanced(moved, Date.parse("2026-10-08T08:00:00Z"), berlin)!
    assert.deepStrictEqual([third.due, third.start], [at("2026-10-19"), at("2026-10-15")])
  })
})
