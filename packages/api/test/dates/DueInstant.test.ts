import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { dateOfDue, instantOfDue, isOverdue, isReached, sortInstantOfDue } from "../../src/dates/DueInstant.ts"
import type { Place } from "../../src/dates/LocalDay.ts"

const berlin = { timeZone: "Europe/Berlin", dayEndsAt: "00:00" } as Place
const owl = { timeZone: "Europe/Berlin", dayEndsAt: "04:00" } as Place
const allDay = { date: "2026-10-25" } as Due
const floating = { date: "2026-10-25", time: "02:30", timeZone: null } as Due
const fixed = { date: "2026-10-25", time: "02:30", timeZone: "Pacific/Honolulu" } as Due
const at = (text: string) => Date.parse(text)

describe("when something is due", () => {
  it("is no instant all day long", () => {
    assert.strictEqual(instantOfDue(allDay, berlin), null)
    assert.strictEqual(instantOfDue(floating, berlin), at("2026-10-25T00:30:00Z"))
    assert.strictEqual(instantOfDue(fixed, berlin), at("2026-10-25T12:30:00Z"))
  })

  it("is on the date that it has there", () => {
    assert.deepStrictEqual(
      [allDay, floating, fixed].map((due) => dateOfDue(due, owl)),
      ["2026-10-25", "2026-10-24", "2026-10-25"] as never
    )
  })

  it("is late after its instant, or after its day", () => {
    assert.isFalse(isOverdue(floating, at("2026-10-25T00:30:00Z"), berlin))
    assert.isTrue(isOverdue(floating, at("2026-10-25T00:30:00.001Z"), berlin))
    assert.isFalse(isOverdue(allDay, at("2026-10-26T02:59:59Z"), owl))
    assert.isTrue(isOverdue(allDay, at("2026-10-26T03:00:00Z"), owl))
  })

  it("is reached at its instant, or with its day", () => {
    assert.isFalse(isReached(floating, at("2026-10-25T00:29:59Z"), berlin))
    assert.isTrue(isReached(floating, at("2026-10-25T00:30:00Z"), berlin))
    assert.isFalse(isReached(allDay, at("2026-10-24T21:59:59Z"), berlin))
    assert.isTrue(isReached(allDay, at("2026-10-24T22:00:00Z"), berlin))
  })

  it("is sorted by its instant, all day long after each time of the day and before the next", () => {
    const last = { date: "2026-10-25", time: "23:59", timeZone: null } as Due
    const next = { date: "2026-10-26", time: "00:00", timeZone: null } as Due
    assert.deepStrictEqual(
      [next, allDay, last, fixed, floating].toSorted((one, other) =>
        sortInstantOfDue(one, berlin) - sortInstantOfDue(other, berlin)
      ),
      [floating, fixed, last, allDay, next]
    )
  })
})
