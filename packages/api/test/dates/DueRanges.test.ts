import { assert, describe, it } from "@effect/vitest"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import * as fc from "fast-check"
import { dueOnDates, dueToday, overdueAt, wallsIn } from "../../src/dates/DueRanges.ts"
import type { Place } from "../../src/dates/LocalDay.ts"
import { instantOfWall } from "../../src/dates/WallClock.ts"
import { changes, zones } from "./changes.ts"

const berlin = { timeZone: "Europe/Berlin", dayEndsAt: "00:00" } as Place
const wall = (text: string) => Date.parse(`${text}Z`)

describe("what is due in a span", () => {
  it("is two ranges of wall times where the clock left some out", () => {
    const at = Date.parse("2026-03-29T01:10:00Z")
    assert.deepStrictEqual(wallsIn({ from: -Infinity, to: at }, berlin.timeZone), [
      { from: -Infinity, to: wall("2026-03-29T02:10") },
      { from: wall("2026-03-29T03:00"), to: wall("2026-03-29T03:10") }
    ])
  })

  it("has no bound where none is given", () => {
    assert.deepStrictEqual(dueOnDates(null, null, berlin), {
      dates: { from: null, to: null },
      walls: [{ from: -Infinity, to: Infinity }],
      instants: { from: -Infinity, to: Infinity }
    })
    assert.strictEqual(dueToday(Date.parse("9999-12-31T12:00:00Z"), berlin).dates.to, null)
  })

  it("is late from the next day on, or the next moment", () => {
    const now = Date.parse("2026-10-25T12:00:00Z")
    assert.deepStrictEqual(overdueAt(now, berlin), {
      dates: { from: null, to: "2026-10-25" as never },
      walls: [{ from: -Infinity, to: wall("2026-10-25T13:00") }],
      instants: { from: -Infinity, to: now }
    })
  })

  it("is each wall time whose instant is in it, and no other, about changes of clocks", () => {
    const minutes = fc.integer({ min: -3_000, max: 3_000 }).map((it) => it * 60_000)
    const about = fc.constantFrom(...zones).chain((zone) =>
      fc.tuple(fc.constant(zone), fc.constantFrom(86_400_000 * 10_000, ...changes(zone)), minutes, minutes, minutes)
    )
    fc.assert(
      fc.property(about, ([zone, change, one, other, offset]) => {
        const minute = Math.floor(change / 60_000) * 60_000
        const span = { from: minute + Math.min(one, other), to: minute + Math.max(one, other) }
        const ranges = wallsIn(span, zone as TimeZoneName)
        for (
          const wall of [0, 1, 15, 30, 45, 60, 90, 120, 180, 720, 1_440].map((it) => minute + offset + it * 60_000)
        ) {
          const instant = instantOfWall(wall, zone as TimeZoneName)
          assert.strictEqual(
            ranges.some(({ from, to }) => from <= wall && wall < to),
            span.from <= instant && instant < span.to,
            `${new Date(wall).toISOString()} in ${zone}`
          )
        }
        assert.isAtMost(ranges.length, 3)
      }),
      { numRuns: 5_000 }
    )
  })
})
