import { assert, describe, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import * as fc from "fast-check"
import { localDateOf, type Place, spanOfDay, startOfDay } from "../../src/dates/LocalDay.ts"
import { changes, zones } from "./changes.ts"

const place = (timeZone: string, dayEndsAt = "00:00") => ({ timeZone, dayEndsAt }) as Place
const span = (date: string, at: Place) => {
  const { from, to } = spanOfDay(date as DateOnly, at)
  return [new Date(from).toISOString(), new Date(to).toISOString(), (to - from) / 3_600_000]
}

describe("the day of somebody", () => {
  it.each([
    ["has 23 hours when summer time begins", "2026-03-29", place("Europe/Berlin"), "2026-03-28T23:00:00.000Z", 23],
    ["has 25 hours when it ends", "2026-10-25", place("Europe/Berlin"), "2026-10-24T22:00:00.000Z", 25],
    ["begins when its midnight is left out", "2018-11-04", place("America/Sao_Paulo"), "2018-11-04T03:00:00.000Z", 23],
    [
      "has 24 and a half hours on Lord Howe",
      "2026-04-05",
      place("Australia/Lord_Howe"),
      "2026-04-04T13:00:00.000Z",
      24.5
    ],
    ["is none where the date is left out", "2011-12-30", place("Pacific/Apia"), "2011-12-30T10:00:00.000Z", 0],
    ["begins at four for night owls", "2026-10-25", place("Europe/Berlin", "04:00"), "2026-10-25T03:00:00.000Z", 24],
    ["and is longer before it", "2026-10-24", place("Europe/Berlin", "04:00"), "2026-10-24T02:00:00.000Z", 25],
    [
      "begins with a change that leaves its end out",
      "2026-03-29",
      place("Europe/Berlin", "02:30"),
      "2026-03-29T01:00:00.000Z",
      23.5
    ],
    [
      "stays ended when the clock is set back past it",
      "2006-10-29",
      place("America/St_Johns"),
      "2006-10-29T02:30:00.000Z",
      25
    ]
  ])("%s", (_, date, at, from, hours) => {
    const [start, , length] = span(date, at)
    assert.deepStrictEqual([start, length], [from, hours])
  })

  it("is that of the local time, less what the day before takes of it", () => {
    const owl = place("Europe/Berlin", "04:00")
    assert.strictEqual(localDateOf(Date.parse("2021-02-02T02:59:59.999Z"), owl), "2021-02-01")
    assert.strictEqual(localDateOf(Date.parse("2021-02-02T03:00:00Z"), owl), "2021-02-02")
  })

  it("follows the one before without a gap, and has each of its instants, whenever it ends and clocks change", () => {
    const ends = fc.constantFrom("00:00", "00:30", "01:30", "02:00", "02:30", "04:00", "12:00", "23:59")
    const times = fc.constantFrom(...zones).chain((zone) =>
      fc.tuple(
        fc.constant(zone),
        ends,
        fc.tuple(fc.constantFrom(864_000_000_000, ...changes(zone)), fc.integer({ min: 0, max: 172_800_000 }))
          .map(([at, more]) => at + more - 86_400_000)
      )
    )
    fc.assert(
      fc.property(times, ([zone, dayEndsAt, instant]) => {
        const at = place(zone, dayEndsAt)
        const date = localDateOf(instant, at)
        const { from, to } = spanOfDay(date, at)
        const label = `${date} in ${zone} at ${new Date(instant).toISOString()}, to ${dayEndsAt}`
        assert.isTrue(from <= instant && instant < to, label)
        assert.strictEqual(localDateOf(from, at), date, label)
        assert.strictEqual(localDateOf(to - 1, at), date, label)
        assert.isTrue(localDateOf(from - 1, at) < date && localDateOf(to, at) > date, label)
        assert.strictEqual(startOfDay(date, at), from)
      }),
      { numRuns: 5_000 }
    )
  })
})
