import { assert, describe, it } from "@effect/vitest"
import { addDays } from "@todo/domain/dates/CivilDate"
import { type DateOnly, isDate } from "@todo/domain/dates/DateOnly"
import { dateValue } from "@todo/domain/filter/DateValue"
import { readDay } from "@todo/domain/words/Days"
import * as fc from "fast-check"
import { dates, momentOn, wednesday } from "../support/filterDates.ts"

describe("a date in a filter", () => {
  for (
    const [text, day] of [
      ["today", "2026-09-30"],
      ["tomorrow", "2026-10-01"],
      ["Yesterday", "2026-09-29"],
      ["friday", "2026-10-02"],
      ["tuesday", "2026-10-06"],
      // Strictly after today, which is a Wednesday.
      ["wednesday", "2026-10-07"],
      ["wed", "2026-10-07"],
      ["2024-02-29", "2024-02-29"],
      ["9999-12-31", "9999-12-31"],
      ["next friday", "2026-10-09"],
      ["Next  Week", "2026-10-05"],
      ["end of month", "2026-09-30"],
      ["in 3 days", "2026-10-03"],
      ["2 weeks from tomorrow", "2026-10-15"],
      ["oct 5", "2026-10-05"],
      ["5.10.", "2026-10-05"],
      ["fri oct 2", "2026-10-02"],
      ["2026-W53", "2026-12-28"],
      ["3 days ago", "2026-09-27"],
      ["a month ago", "2026-08-30"],
      ["last friday", "2026-09-25"],
      ["last wednesday", "2026-09-23"],
      ["last week", "2026-09-21"],
      ["last month", "2026-08-01"],
      ["last year", "2025-01-01"],
      ["nächsten Freitag", "2026-10-09"],
      ["vor 3 Tagen", "2026-09-27"],
      ["letzten Montag", "2026-09-28"],
      ["übermorgen", "2026-10-02"]
    ] as const
  ) {
    it(`${text} is ${day} on 2026-09-30`, () => {
      for (const rest of [" and more", " or due:any", " today", " @work", ""]) {
        assert.strictEqual(dates.lengthOf(text + rest), text.length, rest)
      }
      for (const language of ["en", "de"] as const) {
        const read = readDay(dateValue(text), momentOn(wednesday, language))
        assert.deepEqual<string | undefined>(read?.date, day, language)
      }
    })
  }

  for (
    const text of [
      "",
      "2026-02-30",
      "2026-13-01",
      "1969-12-31",
      "10000-01-01",
      "2026-10-01T09:00",
      "todayx",
      "to",
      "0000-01-01"
    ]
  ) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.isUndefined(dates.lengthOf(text))
    })
  }

  it("has no time, which is what follows it", () => {
    for (const text of ["friday 5pm", "friday at noon", "friday, oct"]) {
      assert.strictEqual(dates.lengthOf(text), "friday".length)
      assert.isUndefined(readDay(text, momentOn(wednesday)))
    }
    for (const text of ["5pm", "in 90 minutes", "no date", "every friday", "second"]) {
      assert.isUndefined(dates.lengthOf(text), text)
    }
  })

  it("is a date in figures as whoever asks writes them", () => {
    assert.strictEqual(dates.lengthOf("2.10. or @work"), "2.10.".length)
    assert.strictEqual(dates.lengthOf("10/30 or @work"), "10/30".length)
    assert.strictEqual(readDay("2/10", momentOn(wednesday))?.date, "2026-10-02")
    assert.strictEqual(readDay("2/10", { ...momentOn(wednesday), dateOrder: "mdy" })?.date, "2027-02-10")
    assert.isUndefined(readDay("30/10", { ...momentOn(wednesday), dateOrder: "mdy" }))
  })
})

describe("days of the calendar", () => {
  it("are counted on and back over years, months and leap days", () => {
    const day = fc.date({ min: new Date("1980-01-01"), max: new Date("9980-01-01"), noInvalidDate: true })
      .map((it) => it.toISOString().slice(0, 10) as DateOnly)
    fc.assert(fc.property(day, fc.integer({ min: -3000, max: 3000 }), (day, days) => {
      assert.isTrue(isDate(addDays(day, days)))
      assert.strictEqual(addDays(addDays(day, days), -days), day)
      if (days !== 0) assert.strictEqual(addDays(day, days) > day, days > 0)
    }))
  })
})
