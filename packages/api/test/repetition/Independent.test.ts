import { assert, describe, it } from "@effect/vitest"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { type Occurrence, occurrenceOf } from "@todo/domain/repetition/Occurrence"
import { weekdayNames } from "@todo/domain/repetition/Rule"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import * as fc from "fast-check"
import { RRuleTemporal } from "rrule-temporal"
import type { Place } from "../../src/dates/LocalDay.ts"
import { dateOfWall, timeOfWall, wallAt } from "../../src/dates/WallClock.ts"
import { instantOfOccurrence, occurrences } from "../../src/repetition/Series.ts"
import { beginning, ruleText } from "./RandomRule.ts"

/** So many dates of each rule. */
const many = 8

interface Beginning {
  readonly date: string
  readonly time: string | null
  readonly zone: string
}

const compact = (text: string) => text.replaceAll(/[-:]/g, "")

/** What rrule-temporal makes of a rule, as dates with their times on the wall. */
const theirs = (rule: string, { date, time, zone }: Beginning): ReadonlyArray<string> => {
  const start = time === null ? `;VALUE=DATE:${compact(date)}` : `;TZID=${zone}:${compact(`${date}T${time}`)}00`
  const rruleString = `DTSTART${start}\nRRULE:${rule}`
  const found: Array<string> = []
  try {
    new RRuleTemporal({ rruleString, includeDtstart: true, maxIterations: 20_000 }).all((it, index) => {
      if (index < many) found.push(it.toString())
      return index < many
    })
  } catch (failure) {
    // It gives up where a rule has no more dates before the calendar of Temporal ends.
    if (!/iterations|Out-of-bounds/.test(String(failure))) throw failure
  }
  return found.filter((text) => !text.startsWith("+")).map((text) => text.slice(0, time === null ? 10 : 16))
}

/** The nth days of the week of a year by their definition: each day of the years of the rule is looked at. */
const byDefinition = (text: string, { date, time }: Beginning): ReadonlyArray<string> => {
  const { bySetPos, count = many, interval } = Result.getOrThrow(parseRule(text, []))
  const parts = new Set(/BYDAY=([^;]*)/.exec(text)![1]!.split(","))
  const found = [date]
  for (let year = Number(date.slice(0, 4)); year <= 9_999 && found.length < Math.min(many, count); year += interval) {
    const first = Date.UTC(year, 0, 1)
    const length = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000
    const matching = Array.from({ length }, (_, index) => index).filter((index) => {
      const name = weekdayNames[(new Date(first).getUTCDay() + 6 + index) % 7]!
      const [nth, fromEnd] = [Math.floor(index / 7) + 1, Math.floor((length - 1 - index) / 7) + 1]
      return parts.has(name) || parts.has(`${nth}${name}`) || parts.has(`-${fromEnd}${name}`)
    })
    const chosen = bySetPos.length === 0 ?
      matching :
      matching.filter((_, index) =>
        bySetPos.some((position) => index === (position > 0 ? position - 1 : matching.length + position))
      )
    found.push(
      ...chosen.map((index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10)).filter((it) =>
        it > date
      )
    )
  }
  return found.slice(0, Math.min(many, count)).map((it) => occurrenceOf(it as never, time as TimeOfDay | null))
}

const ours = (text: string, { date, time, zone }: Beginning): ReadonlyArray<Occurrence> => {
  const first = occurrenceOf(date as never, time as TimeOfDay | null)
  const rule = Result.getOrThrow(parseRule(text, []))
  const place = { timeZone: zone, dayEndsAt: "00:00" } as Place
  const series = { rule, from: "schedule", missed: "each", timeZone: null, first, current: first, ordinal: 1 } as const
  return occurrences(series, many, place)
}

const isOnClock = (occurrence: Occurrence, zone: TimeZoneName) => {
  const instant = instantOfOccurrence(occurrence, zone)
  if (instant === null) return true
  const wall = wallAt(instant, zone)
  return occurrenceOf(dateOfWall(wall), timeOfWall(wall)) === occurrence
}

const isSame = (one: ReadonlyArray<string>, other: ReadonlyArray<string>) => one.join() === other.join()

describe("rules", () => {
  it("give the dates that independent implementations give, but for times that the clock leaves out", () => {
    const seen = { alike: 0, butForWhatIsLeftOut: 0, byDefinition: 0, otherClock: 0 }
    for (const [rule, start] of fc.sample(fc.tuple(ruleText, beginning), { numRuns: 5_000, seed: 20_261_127 })) {
      const label = `${rule} from ${start.date} ${start.time} in ${start.zone}`
      const found = ours(rule, start)
      // Where days are numbered in the year, rrule-temporal leaves out those without a number, and a first date of its own.
      if (/^FREQ=YEARLY(?!.*BYMONTH).*BYDAY=[^;]*\d/.test(rule)) {
        assert.deepStrictEqual(found as ReadonlyArray<string>, byDefinition(rule, start), label)
        seen.byDefinition++
        continue
      }
      const expected = theirs(rule, start)
      const kept = found.filter((occurrence) => isOnClock(occurrence, start.zone as TimeZoneName))
      if (kept.length === found.length && isSame(kept, expected)) seen.alike++
      // RFC 5545 leaves out, and does not count, a time that the clock leaves out; ours is later on that day.
      else if (kept.length < found.length && isSame(kept, expected.slice(0, kept.length))) seen.butForWhatIsLeftOut++
      else {
        // What is left out was to be the first date, whose other time rrule-temporal keeps, or was to be picked by BYSETPOS.
        assert.isTrue(rule.includes("BYSETPOS") || !isOnClock(found[0]!, start.zone as TimeZoneName), label)
        assert.deepStrictEqual(found as ReadonlyArray<string>, theirs(rule, { ...start, zone: "Etc/UTC" }), label)
        seen.otherClock++
      }
    }
    assert.isAbove(seen.alike, 4_500, JSON.stringify(seen))
    assert.isAbove(seen.butForWhatIsLeftOut, 0, JSON.stringify(seen))
    assert.isBelow(seen.otherClock, 50, JSON.stringify(seen))
  }, 300_000)
})
