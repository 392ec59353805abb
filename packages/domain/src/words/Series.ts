import { dateOf, dayNumber, lastDay } from "../dates/CivilDate.ts"
import type { Due } from "../dates/Due.ts"
import { minutesOf } from "../dates/TimeOfDay.ts"
import type { TimeZoneName } from "../dates/TimeZoneName.ts"
import { weekStarts } from "../dates/WeekStart.ts"
import { maxTextLength } from "../repetition/Repeat.ts"
import { maxCount, type Rule } from "../repetition/Rule.ts"
import { daysFrom, everComes, isDayRule } from "../repetition/RuleDays.ts"
import { printRule } from "../repetition/RuleText.ts"
import { todayOf } from "./Day.ts"
import { later } from "./Duration.ts"
import type { Moment } from "./Moment.ts"
import { anchored, inexpressible, type Pattern } from "./Pattern.ts"
import type { ReadRepeat } from "./Reading.ts"
import type { Repetition } from "./Repetition.ts"
import { hasWords } from "./Say.ts"
import { dueInUtc, dueOf, instantOf } from "./When.ts"

/** A repetition with its first date. */
export interface Series {
  readonly rule: Rule
  readonly from: "schedule" | "completion"
  readonly due: Due
}

/** A repetition as it is kept: with the words that it was said in only where its rule has none, which are never out of date. */
export const repeatOf = ({ from, rule }: Series, words: string): ReadRepeat => ({
  rule: printRule(rule),
  from,
  text: hasWords(rule) || words.length > maxTextLength ? null : words
})

const ruleOf = (pattern: Pattern, { weekStart }: Moment): Rule => {
  const { byDay = [], byMonth = [], byMonthDay = [], bySetPos = [], frequency, interval, literal } = pattern
  const isOfWeeks = frequency === "WEEKLY" && interval > 1 && byDay.length > 1
  return literal ?? {
    frequency,
    interval,
    count: undefined,
    until: undefined,
    byMonth,
    byMonthDay,
    byDay,
    bySetPos,
    weekStart: isOfWeeks ? weekStarts[weekStart] : 0
  }
}

/** The first day of a rule that is not before one. */
const firstDay = (rule: Rule, from: number): number | undefined => {
  const once = { ...rule, interval: 1 }
  return isDayRule(once) ? daysFrom(once, from, from).next().value ?? undefined : undefined
}

/** The rule with its end; none where that is before its first date. */
const bounded = (rule: Rule, { count, lasting, until }: Repetition, due: Due): Rule | undefined => {
  const ends = [count, lasting, until, rule.count, rule.until].filter((it) => it !== undefined)
  if (ends.length > 1) return undefined
  if (count !== undefined) return count >= 1 && count <= maxCount ? { ...rule, count } : undefined
  if (until === undefined && lasting === undefined) return rule
  const first = dayNumber(due.date)
  const last = until?.day ?? (later(first, lasting!) ?? first) - 1
  return last < first || last > lastDay
    ? undefined
    : { ...rule, until: { date: dateOf(last), time: undefined, utc: false } }
}

/** What is told of when a task is due, by its repetition or beside it. */
interface Told {
  /** The day from which on it repeats; undefined: from today. */
  readonly day: number | undefined
  readonly minutes: number | undefined
  readonly zone: TimeZoneName | null
}

const timed = (due: Due | null) => due !== null && "time" in due ? due : undefined

const toldOf = (pattern: Pattern, { starting, time, zone }: Repetition, due: Due | null): Told => {
  const told = starting?.due ?? due
  const at = timed(told)
  return {
    day: told === null ? undefined : dayNumber(told.date),
    minutes: time?.minutes ?? pattern.minutes ?? (at && minutesOf(at.time)),
    zone: zone ?? at?.timeZone ?? null
  }
}

/** The first date of days: one that is told of a rule that is written, else the first that fits and has not passed. */
const firstOf = (pattern: Pattern, rule: Rule, { day, minutes, zone }: Told, moment: Moment): Due | undefined => {
  if (day !== undefined && pattern.literal !== undefined) return dueOf(day, minutes, zone)
  const from = day ?? todayOf(moment)
  const first = firstDay(rule, from)
  const passed = day === undefined && first === from && minutes !== undefined &&
    instantOf(first, minutes, zone, moment) < moment.now
  const found = passed ? firstDay(rule, from + 1) : first
  return found === undefined ? undefined : dueOf(found, minutes, zone)
}

const millisOfMinute = 60_000

/** The first time of hours, which are counted in UTC: what is told, or when so many hours from now have passed. */
const firstHour = (rule: Rule, { day, minutes, zone }: Told, moment: Moment): Due | undefined => {
  const instant = day === undefined && minutes === undefined
    ? moment.now + rule.interval * 60 * millisOfMinute
    : instantOf(day ?? todayOf(moment), minutes ?? 0, zone, moment)
  return dueInUtc(instant)
}

const seriesOf = (pattern: Pattern, spoken: Repetition, due: Due | null, moment: Moment): Series | undefined => {
  const told = toldOf(pattern, spoken, due)
  const start = told.day ?? todayOf(moment)
  const rule = ruleOf(spoken.from === "completion" ? pattern : anchored(pattern, start), moment)
  const first = isDayRule(rule) ? firstOf(pattern, rule, told, moment) : firstHour(rule, told, moment)
  const whole = first && bounded(rule, spoken, first)
  if (whole === undefined || first === undefined) return undefined
  const comes = spoken.from === "completion" || everComes(whole, first.date)
  return comes ? { rule: whole, from: spoken.from, due: first } : undefined
}

/** What a repetition may be: a series, others, and other first dates of it. */
interface Readings {
  readonly series: Series
  readonly others: ReadonlyArray<Series>
  readonly dues: ReadonlyArray<Due>
}

/**
 * What a repetition is of a task that is due so, or not yet, and what else it may be. None where it never comes;
 * `inexpressible` where no rule says it.
 */
export const seriesFrom = (
  spoken: Repetition,
  due: Due | null,
  moment: Moment
): Readings | typeof inexpressible | undefined => {
  const { said, time } = spoken
  if (said === inexpressible) return inexpressible
  const series = seriesOf(said, spoken, due, moment)
  const other = said.other && seriesOf(said.other, spoken, due, moment)
  const half = time?.other === undefined
    ? undefined
    : seriesOf(said, { ...spoken, time: { minutes: time.other, strength: time.strength } }, due, moment)
  return series && {
    series,
    others: other === undefined ? [] : [other],
    dues: half === undefined ? [] : [half.due]
  }
}
