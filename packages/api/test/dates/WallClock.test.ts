import { assert, describe, it } from "@effect/vitest"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { DateTime } from "effect"
import * as fc from "fast-check"
import { dateOfWall, instantOf, instantOfWall, timeOfWall, wallAt, wallOf } from "../../src/dates/WallClock.ts"
import { changes, zones } from "./changes.ts"

const named = (name: string) => name as TimeZoneName
const iso = (instant: number) => new Date(instant).toISOString()

/** Effect's own arithmetic, which makes a date of its parts with Intl, and looks nothing up. */
const byEffect = (wall: number, timeZone: string) =>
  DateTime.makeZonedUnsafe(wall, { timeZone, adjustForTimeZone: true }).epochMilliseconds

const wallByEffect = (instant: number, timeZone: string) =>
  instant + DateTime.zonedOffset(DateTime.makeZonedUnsafe(instant, { timeZone }))

describe("a time on the wall", () => {
  it.each([
    ["is moved later by what the clock leaves out", "2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["is the first where the clock has it twice", "2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["at a midnight that is not", "2018-11-04", "00:00", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    ["of a day that was left out", "2011-12-30", "09:00", "Pacific/Apia", "2011-12-30T19:00:00.000Z"],
    ["of the day after that", "2011-12-31", "09:00", "Pacific/Apia", "2011-12-30T19:00:00.000Z"],
    [
      "where the clock is changed by half an hour",
      "2026-10-04",
      "02:15",
      "Australia/Lord_Howe",
      "2026-10-03T15:45:00.000Z"
    ],
    ["where the offset has seconds", "1970-01-01", "00:00", "Africa/Monrovia", "1970-01-01T00:44:30.000Z"],
    ["in the last year", "9999-12-31", "23:59", "Asia/Kathmandu", "9999-12-31T18:14:00.000Z"],
    [
      "in the year 2027, where an older Node has another offset",
      "2027-01-08",
      "02:30",
      "Africa/Casablanca",
      "2027-01-08T02:30:00.000Z"
    ]
  ])("%s", (_, date, time, zone, expected) => {
    assert.strictEqual(iso(instantOf(date as never, time as never, named(zone))), expected)
  })

  it("is read as it is written", () => {
    const wall = wallOf("2026-10-25" as never, "09:30" as never)
    assert.deepStrictEqual([dateOfWall(wall), timeOfWall(wall)], ["2026-10-25", "09:30"])
    assert.deepStrictEqual([dateOfWall(-60_000), timeOfWall(-60_000)], ["1969-12-31", "23:59"])
  })

  it("has no instant in a zone that is none", () => {
    assert.throws(() => instantOf("2026-10-25" as never, "09:30" as never, named("Mars/Base")), RangeError)
    assert.strictEqual(
      iso(instantOf("2026-10-25" as never, "09:30" as never, named("asia/tokyo"))),
      "2026-10-25T00:30:00.000Z"
    )
  })

  it("is the instant that Effect makes of it, at any time and about changes of clocks", () => {
    const near = fc.constantFrom(...zones).chain((zone) =>
      fc.tuple(
        fc.constant(zone),
        fc.oneof(
          fc.integer({ min: 0, max: Date.UTC(2060, 0) / 60_000 }),
          ...(changes(zone).length === 0 ? [] : [
            fc.tuple(fc.constantFrom(...changes(zone)), fc.integer({ min: -3_000, max: 3_000 }))
              .map(([at, minutes]) => Math.floor(at / 60_000) + minutes)
          ])
        )
      )
    )
    fc.assert(
      fc.property(near, ([zone, minutes]) => {
        const moment = minutes * 60_000
        assert.strictEqual(
          iso(instantOfWall(moment, named(zone))),
          iso(byEffect(moment, zone)),
          `${iso(moment)} ${zone}`
        )
        assert.strictEqual(iso(wallAt(moment, named(zone))), iso(wallByEffect(moment, zone)), `${iso(moment)} ${zone}`)
      }),
      { numRuns: 5_000 }
    )
  })
})
