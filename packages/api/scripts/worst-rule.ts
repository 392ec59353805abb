/*
 * Looks for the rule that takes the longest among those that the schema lets through: random ones, then changes of the worst,
 * again and again. A rule is read, and the dates that an answer may have are told; the quickest of three runs counts.
 *
 *   node_modules/.bin/node packages/api/scripts/worst-rule.ts [seconds]
 */
import { maxRuleLength, weekdayNames } from "@todo/domain/repetition/Rule"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import type { Place } from "../src/dates/LocalDay.ts"
import { nextOccurrence, occurrences, type Series } from "../src/repetition/Series.ts"

const seconds = Number(process.argv[2] ?? 60)
const place = { timeZone: "America/New_York", dayEndsAt: "04:00" } as Place
/** As many as `GET …/occurrences` tells. */
const many = 100

const one = <A>(values: ReadonlyArray<A>): A => values[Math.floor(Math.random() * values.length)]!
const upTo = (most: number) => 1 + Math.floor(Math.random() * most)
const signed = (most: number) => one([1, -1]) * upTo(most)
const several = (make: () => string | number) => Array.from({ length: one([1, 2, 7, 31, 120]) }, make).join(",")

type Parts = Readonly<Record<string, string>>

const makers: Readonly<Record<string, () => string>> = {
  INTERVAL: () => String(one([1, 2, 4, 7, 28, 29, 365, 366, upTo(366)])),
  COUNT: () => String(one([1000, upTo(1000)])),
  UNTIL: () => one(["99991231", "99991231T235959Z"]),
  BYMONTH: () => several(() => upTo(12)),
  BYMONTHDAY: () => several(() => one([29, 30, 31, -31, -30, -29, signed(31)])),
  BYDAY: () => several(() => one(["", "", 5, -5, 53, -53, signed(53)]) + one(weekdayNames)),
  BYSETPOS: () => several(() => one([366, -366, 365, 53, 31, 5, signed(366)])),
  WKST: () => one(weekdayNames)
}

const starts = ["1970-01-01", "1999-12-31", "2024-02-29", "2027-01-01", "9000-01-01", "2024-02-29T02:30"]

interface Rule {
  readonly frequency: string
  readonly parts: Parts
  readonly start: string
}

const textOf = ({ frequency, parts }: Rule) =>
  [`FREQ=${frequency}`, ...Object.entries(parts).map(([name, value]) => `${name}=${value}`)].join(";")

const random = (): Rule => ({
  frequency: one(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY"]),
  parts: Object.fromEntries(
    Object.entries(makers).flatMap(([name, make]) => Math.random() < 0.4 ? [[name, make()]] : [])
  ),
  start: one(starts)
})

const changed = (rule: Rule): Rule => {
  const name = one(Object.keys(makers))
  const { [name]: _, ...others } = rule.parts
  return {
    ...rule,
    start: Math.random() < 0.2 ? one(starts) : rule.start,
    parts: Math.random() < 0.2 ? others : { ...others, [name]: makers[name]!() }
  }
}

/** The milliseconds that the slowest of what is asked of a rule takes; none where the schema does not let it through. */
const costOf = (rule: Rule): number | undefined => {
  const text = textOf(rule)
  if (text.length > maxRuleLength || Result.isFailure(parseRule(text, []))) return undefined
  let best = Infinity
  for (let run = 0; run < 3; run++) {
    const begun = performance.now()
    const series = (from: Series["from"]): Series => ({
      rule: Result.getOrThrow(parseRule(text, [])),
      from,
      missed: "skip",
      timeZone: null,
      first: rule.start as Series["first"],
      current: rule.start as Series["current"],
      ordinal: 1
    })
    const took = (work: () => unknown) => {
      const at = performance.now()
      work()
      return performance.now() - at
    }
    const parsing = performance.now() - begun
    const costs = [
      took(() => nextOccurrence(series("schedule"), Date.UTC(2026, 10, 27), place)),
      took(() => nextOccurrence(series("completion"), Date.UTC(2026, 10, 27), place)),
      rule.start.length > 10 || rule.frequency !== "HOURLY"
        ? took(() => occurrences(series("schedule"), many, place))
        : 0,
      took(() => occurrences(series("completion"), many, place))
    ]
    best = Math.min(best, parsing + Math.max(...costs))
  }
  return best
}

const kept: Array<readonly [cost: number, rule: Rule]> = []
const end = Date.now() + seconds * 1000
let tried = 0
while (Date.now() < end) {
  const rule = kept.length > 0 && Math.random() < 0.6 ? changed(one(kept)[1]) : random()
  if (rule.frequency === "HOURLY" && rule.start.length === 10) continue
  const cost = costOf(rule)
  if (cost === undefined) continue
  tried++
  if (kept.some(([, other]) => textOf(other) === textOf(rule) && other.start === rule.start)) continue
  kept.push([cost, rule])
  kept.sort(([a], [b]) => b - a)
  kept.length = Math.min(kept.length, 20)
}
console.log(`${tried} rules; the worst:`)
for (const [cost, rule] of kept.slice(0, 5)) {
  console.log(`${cost.toFixed(2)} ms  ${textOf(rule)}  from ${rule.start}`)
}
