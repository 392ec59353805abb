import { assert, describe, it } from "@effect/vitest"
import { dateOf } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { timeOf, type TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import * as fc from "fast-check"
import { dateOfDue, isOverdue } from "../../src/dates/DueInstant.ts"
import { dueKey, keyRanges } from "../../src/dates/DueKey.ts"
import { dueOnDates, overdueAt } from "../../src/dates/DueRanges.ts"
import type { Place } from "../../src/dates/LocalDay.ts"

const zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Etc/UTC", "Africa/Monrovia"]
const zone = fc.constantFrom(...zones) as fc.Arbitrary<TimeZoneName>
/** About the changes of clocks of 2026, and the ends of the calendar. */
const day = fc.oneof(fc.integer({ min: 20_450, max: 20_780 }), fc.integer({ min: 2, max: 800 })).map(dateOf)
const time = fc.integer({ min: 0, max: 1439 }).map(timeOf)
const due: fc.Arbitrary<Due> = fc.oneof(
  fc.record({ date: day }),
  fc.record({ date: day, time, timeZone: fc.oneof(fc.constant(null), zone) })
)
const place: fc.Arbitrary<Place> = fc.record({
  timeZone: zone,
  dayEndsAt: fc.constantFrom("00:00", "04:00") as fc.Arbitrary<TimeOfDay>
})

const isIn = (due: Due, ranges: ReturnType<typeof keyRanges>) => {
  const key = dueKey(due)
  return ranges.some(({ from, to }) => from <= key && key < to)
}

describe("the key of a date", () => {
  it("says of its kind what it is looked for by", () => {
    const [date, time] = ["2026-10-25" as never, "02:30" as never]
    assert.deepStrictEqual(
      [{ date }, { date, time, timeZone: null }, { date, time, timeZone: "Europe/Berlin" as never }].map(dueKey),
      ["d2026-10-25", "f2026-10-25T02:30", "z2026-10-25T00:30:00"]
    )
  })

  it("is in the ranges of a day where the date is of that day, and no other", () => {
    fc.assert(
      fc.property(due, day, place, (due, date, place) => {
        const next = dateOf((Date.parse(date) + 86_400_000) / 86_400_000)
        assert.strictEqual(isIn(due, keyRanges(dueOnDates(date, next, place))), dateOfDue(due, place) === date)
        const own = dateOfDue(due, place)
        const after = dateOf((Date.parse(own) + 86_400_000) / 86_400_000)
        assert.isTrue(isIn(due, keyRanges(dueOnDates(own, after, place))))
      }),
      { numRuns: 2_000 }
    )
  })

  it("is in the ranges of what is late where the date is", () => {
    const now = fc.integer({ min: 200_000_000, max: 1_800_000_000_000 })
    fc.assert(
      fc.property(due, now, place, (due, now, place) => {
        assert.strictEqual(isIn(due, keyRanges(overdueAt(now, place))), isOverdue(due, now, place))
      }),
      { numRuns: 2_000 }
    )
  })

  it("has bounds of years of four digits", () => {
    const last = { date: "9999-12-31" as never, time: "23:59" as never, timeZone: "America/New_York" as never }
    assert.strictEqual(dueKey(last), "z9999-12-31T23:59:59")
    const everything = keyRanges(dueOnDates(null, null, { timeZone: "Etc/UTC" as never, dayEndsAt: "00:00" as never }))
    assert.isTrue(isIn(last, everything))
    assert.isTrue(isIn({ date: "1970-01-01" as never }, everything))
  })
})
