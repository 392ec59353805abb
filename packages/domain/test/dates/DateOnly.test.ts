import { assert, describe, it } from "@effect/vitest"
import { addMonths, civil, dateOf, dayNumber, lastDay, weekdayOf } from "@todo/domain/dates/CivilDate"
import { DateOnly } from "@todo/domain/dates/DateOnly"
import { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { Schema } from "effect"

const isDate = Schema.is(DateOnly)
const date = (text: string) => dayNumber(text as DateOnly)

const wrong = [
  "2026-02-30",
  "2026-02-29",
  "2100-02-29",
  "2026-04-31",
  "2026-13-01",
  "2026-00-10",
  "2026-10-00",
  "1969-12-31",
  "10000-01-01",
  "2026-1-1",
  "2026-10-25T00:00",
  " 2026-10-25",
  "2026-10-25\n",
  "20261025",
  "+2026-10-25",
  "today",
  ""
]

describe("a date", () => {
  it("exists, in the years 1970 to 9999, and has one spelling", () => {
    for (const text of ["1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31", "2026-10-31"]) {
      assert.isTrue(isDate(text), text)
    }
    for (const text of wrong) assert.isFalse(isDate(text), JSON.stringify(text))
  })

  it("is a day, and each day is a date", () => {
    for (let day = 0; day <= lastDay; day += day < 40_000 ? 1 : 97) {
      const utc = new Date(day * 86_400_000)
      assert.strictEqual(dateOf(day), utc.toISOString().slice(0, 10))
      assert.strictEqual(dayNumber(dateOf(day)), day)
      assert.strictEqual(weekdayOf(day), (utc.getUTCDay() + 6) % 7)
      assert.deepStrictEqual(civil(day), {
        year: utc.getUTCFullYear(),
        month: utc.getUTCMonth() + 1,
        day: utc.getUTCDate()
      })
    }
    assert.strictEqual(dateOf(lastDay), "9999-12-31")
  })

  it("is months later at the end of a month that is too short", () => {
    const later = (text: string, months: number) => dateOf(addMonths(date(text), months))
    assert.deepStrictEqual([
      later("2026-01-31", 1),
      later("2023-11-29", 3),
      later("2024-02-29", 12),
      later("2026-10-31", 14)
    ], [
      "2026-02-28",
      "2024-02-29",
      "2025-02-28",
      "2027-12-31"
    ] as never)
  })
})

describe("a time of day", () => {
  it("is to the minute, and has one spelling", () => {
    const isTime = Schema.is(TimeOfDay)
    for (const text of ["00:00", "09:30", "23:59"]) assert.isTrue(isTime(text), text)
    for (const text of ["24:00", "9:30", "09:60", "09:30:00", "0930", "09:30Z", ""]) assert.isFalse(isTime(text), text)
  })
})
