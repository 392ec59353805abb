import { assert, describe, it } from "@effect/vitest"
import { checkedDue, Due, DuePatch, NewDue, patchedDue } from "@todo/domain/dates/Due"
import { Result, Schema } from "effect"

const strict = { onExcessProperty: "error" } as const
const patched = (current: unknown, patch: unknown) =>
  Result.map(
    patchedDue(
      current === null ? null : Schema.decodeUnknownSync(Due)(current, strict),
      patch === null ? null : Schema.decodeUnknownSync(DuePatch)(patch, strict)
    ),
    (due): unknown => due
  )
const created = (due: unknown) => checkedDue(Schema.decodeUnknownSync(NewDue)(due, strict))

const allDay = { date: "2026-10-25" }
const floating = { date: "2026-10-25", time: "09:30", timeZone: null }
const fixed = { date: "2026-10-25", time: "09:30", timeZone: "Europe/Berlin" }

describe("when something is due", () => {
  it.each([
    ["a day", allDay, allDay],
    ["a day, said so", { ...allDay, time: null, timeZone: null }, allDay],
    ["a floating time", { date: "2026-10-25", time: "09:30" }, floating],
    ["a fixed time", { ...fixed, timeZone: "europe/berlin" }, fixed]
  ])("is %s", (_, given, due) => assert.deepStrictEqual(Result.getOrThrow(created(given)) as unknown, due))

  it.each([
    ["moves to another day with time and zone", fixed, { date: "2026-10-26" }, { ...fixed, date: "2026-10-26" }],
    ["takes another time in its zone", fixed, { time: "10:00" }, { ...fixed, time: "10:00" }],
    ["drops the zone with the time", fixed, { time: null }, allDay],
    ["floats", fixed, { timeZone: null }, floating],
    ["is fixed", floating, { timeZone: "Europe/Berlin" }, fixed],
    ["gets a time", allDay, { time: "09:30" }, floating],
    ["stays as it is", fixed, {}, fixed],
    ["stays none", null, {}, null],
    ["begins", null, { date: "2026-10-25" }, allDay],
    ["is cleared", fixed, null, null]
  ])("%s by a merge-patch", (_, current, patch, due) => {
    assert.deepStrictEqual(Result.getOrThrow(patched(current, patch)), due)
  })

  it.each([
    ["a time where there is no date", null, { time: "09:30" }, ["time"]],
    ["a zone where there is no date", null, { timeZone: "Europe/Berlin" }, ["timeZone"]],
    ["a zone where there is no time", allDay, { timeZone: "Europe/Berlin" }, ["timeZone"]],
    ["a zone with the time taken away", fixed, { time: null, timeZone: "Europe/Berlin" }, ["timeZone"]],
    ["a zone that is none", fixed, { timeZone: "GMT-7" }, ["timeZone"]]
  ])("is not %s", (_, current, patch, path) => {
    assert.deepStrictEqual(Result.getOrThrow(Result.flip(patched(current, patch))).path, path)
  })

  it("has no member that is not known", () => {
    assert.throws(() => created({ date: "2026-10-25", timezone: "Europe/Berlin" }))
    assert.throws(() => Schema.decodeUnknownSync(DuePatch)({ date: null }))
  })
})
