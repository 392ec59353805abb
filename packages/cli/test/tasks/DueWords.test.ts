import type { Due } from "@todo/domain/dates/Due"
import { DateTime } from "effect"
import { describe, expect, it } from "vitest"
import { dueText, dueWords, fullDue, saidDue } from "../../src/tasks/DueWords.ts"
import type { Place } from "../../src/tasks/Place.ts"

const due = (date: string, time?: string, timeZone: string | null = null) =>
  (time === undefined ? { date } : { date, time, timeZone }) as Due

/** A Friday, by the clock of this machine. */
const now = new Date(2026, 10, 27, 12, 0).valueOf()

describe("when something is due, for people", () => {
  it.each([
    ["2026-11-26", "yesterday"],
    ["2026-11-27", "today"],
    ["2026-11-28", "tomorrow"],
    ["2026-11-29", "Sun"],
    ["2026-12-03", "Thu"],
    ["2026-12-04", "4 Dec"],
    ["2026-11-20", "20 Nov"],
    ["2027-01-02", "2 Jan 2027"]
  ])("%s is %s", (date, words) => expect(dueWords(due(date), null, now)).toBe(words))

  it("has the time on the wall, of a fixed time as it is here", () => {
    expect(dueWords(due("2026-11-28", "09:30"), DateTime.makeUnsafe(0), now)).toBe("tomorrow 09:30")
    const here = DateTime.makeUnsafe(new Date(2026, 10, 29, 7, 15).valueOf())
    expect(dueWords(due("2026-11-28", "23:30", "Pacific/Honolulu"), here, now)).toBe("Sun 07:15")
  })

  it("is said as of the day and the clock of a place, whose days may end late", () => {
    const place = (timeZone: string | null, dayEndsAt = "00:00") => ({ timeZone, dayEndsAt }) as Place
    // A Saturday, 20:30 in New York, when it is Sunday already in Tokyo, and 01:30 of it in London.
    const at = Date.parse("2026-10-25T00:30:00Z")
    const words = (...given: Parameters<typeof due>) => (where: Place) => dueWords(due(...given), null, at, where)
    const [here, there] = [place("America/New_York"), place("Asia/Tokyo")]
    expect([here, there].map(words("2026-10-25"))).toEqual(["tomorrow", "today"])
    const flight = due("2026-10-24", "18:30", "America/New_York")
    const instant = DateTime.makeUnsafe("2026-10-24T22:30:00Z")
    expect([here, there].map((where) => dueWords(flight, instant, at, where))).toEqual(["today 18:30", "today 07:30"])
    const owl = place("Europe/London", "04:00")
    expect(words("2026-10-24")(owl)).toBe("today")
    expect(words("2026-10-25", "02:00")(owl)).toBe("today 02:00")
    expect(words("2026-10-25", "09:00")(owl)).toBe("tomorrow 09:00")
    expect(words("2026-10-26", "02:00")(owl)).toBe("Mon 02:00")
    expect(words("2026-10-25")(place("Mars/Olympus"))).toMatch(/^(today|tomorrow)$/)
  })

  it("is as it was said, in full", () => {
    expect(saidDue(due("2026-10-05", "09:00"))).toBe("Mon 5 Oct 2026, 09:00")
    const place = { timeZone: "Europe/Berlin", dayEndsAt: "00:00" } as Place
    const full = (said: Due, at: DateTime.Utc | null = null) =>
      fullDue(said, at, Date.parse("2026-10-23T10:00:00Z"), place)
    expect(["2026-10-20", "2026-10-22", "2026-10-23", "2026-10-24", "2026-10-25"].map((date) => full(due(date))))
      .toEqual([
        "Tue 20 Oct 2026 (3d ago)",
        "Thu 22 Oct 2026 (yesterday)",
        "Fri 23 Oct 2026 (today)",
        "Sat 24 Oct 2026 (tomorrow)",
        "Sun 25 Oct 2026 (in 2d)"
      ])
    expect(full(due("2026-10-24", "09:00"))).toBe("Sat 24 Oct 2026, 09:00 (tomorrow)")
    const at = DateTime.makeUnsafe("2026-10-24T22:30:00Z")
    expect(full(due("2026-10-24", "18:30", "America/New_York"), at)).toBe(
      "Sat 24 Oct 2026, 18:30 America/New_York (Sun 00:30 here)"
    )
    expect(full(due("2026-10-25", "00:30", "Europe/Berlin"), at)).toBe("Sun 25 Oct 2026, 00:30 Europe/Berlin (in 2d)")
  })

  it("is as it is stored, for programs", () => {
    expect([null, due("2026-11-28"), due("2026-11-28", "09:30"), due("2026-11-28", "09:30", "Asia/Tokyo")].map(dueText))
      .toEqual(["", "2026-11-28", "2026-11-28T09:30", "2026-11-28T09:30[Asia/Tokyo]"])
  })
})
