import { civil, dayNumber, dayOf, daysInMonth, lastDay, weekdayOf } from "../dates/CivilDate.ts"
import type { DateOnly } from "../dates/DateOnly.ts"
import { bits, daysOfYear, ofMonthDays, pushMonth } from "./MonthDays.ts"
import type { Rule } from "./Rule.ts"

/*
 * The days of a rule, by number (CivilDate.ts): a calendar without zones, as RFC 5545 (3.3.10) expands it. A period is a
 * day, week, month or year of the rule; that of the anchor is the first, and only each `interval`th counts.
 */

/** The frequencies that name days. */
type DayRule = Rule & { readonly frequency: Exclude<Rule["frequency"], "HOURLY"> }

export const isDayRule = (rule: Rule): rule is DayRule => rule.frequency !== "HOURLY"

/** The days that BYSETPOS picks, in order, each once. */
const picked = (days: ReadonlyArray<number>, positions: ReadonlyArray<number>): ReadonlyArray<number> => {
  if (positions.length === 0) return days
  const wanted = new Set(positions.map((position) => position > 0 ? position - 1 : days.length + position))
  return days.filter((_, index) => wanted.has(index))
}

const none: ReadonlyArray<number> = []

/** The periods of a rule: which one a day is of, when one begins, and its days. All count from the anchor's, which is 0. */
interface Periods {
  readonly of: (day: number) => number
  readonly startOf: (period: number) => number
  readonly days: (period: number) => ReadonlyArray<number>
  /** The first one after an empty one that may have a day. */
  readonly next?: (period: number) => number
  /** After so many periods the calendar is the same again, weekdays too: 400 years. */
  readonly cycle: number
}

const daily = (rule: Rule, anchor: number): Periods => {
  const months = bits(rule.byMonth)
  const weekdays = bits(rule.byDay.map(({ weekday }) => weekday + 1))
  const isOfMonth = (month: number) => months === 0 || (months & (1 << (month - 1))) !== 0
  return {
    of: (day) => day - anchor,
    startOf: (period) => anchor + period,
    days: (period) => {
      const day = anchor + period
      if (weekdays !== 0 && !(weekdays & (1 << weekdayOf(day)))) return none
      if (months === 0 && rule.byMonthDay.length === 0) return [day]
      const date = civil(day)
      if (!isOfMonth(date.month)) return none
      if (rule.byMonthDay.length === 0) return [day]
      return ofMonthDays(rule, daysInMonth(date.year, date.month)) & (1 << (date.day - 1)) ? [day] : none
    },
    // On to the next month of BYMONTH.
    next: (period) => {
      const { month, year } = civil(anchor + period)
      let later = 0
      while (!isOfMonth((month - 1 + later) % 12 + 1)) later++
      return later === 0 ? period + 1 : dayOf(year, month + later, 1) - anchor
    },
    cycle: 146_097
  }
}

const weekly = (rule: Rule, anchor: number): Periods => {
  const first = anchor - (weekdayOf(anchor) - rule.weekStart + 7) % 7
  const months = bits(rule.byMonth)
  const weekdays = rule.byDay.length === 0 ? [weekdayOf(anchor)] : rule.byDay.map(({ weekday }) => weekday)
  const offsets = weekdays.map((weekday) => (weekday - rule.weekStart + 7) % 7).sort((one, other) => one - other)
  return {
    of: (day) => Math.floor((day - first) / 7),
    startOf: (period) => first + period * 7,
    days: (period) => {
      const days = offsets.map((offset) => first + period * 7 + offset)
      return picked(months === 0 ? days : days.filter((day) => months & (1 << (civil(day).month - 1))), rule.bySetPos)
    },
    cycle: 20_871
  }
}

const monthly = (rule: Rule, anchor: number): Periods => {
  const start = civil(anchor)
  const months = bits(rule.byMonth)
  const first = start.year * 12 + start.month - 1
  return {
    of: (day) => {
      const { month, year } = civil(day)
      return year * 12 + month - 1 - first
    },
    startOf: (period) => dayOf(Math.floor((first + period) / 12), (first + period) % 12 + 1, 1),
    days: (period) => {
      const month = (first + period) % 12 + 1
      if (months !== 0 && !(months & (1 << (month - 1)))) return none
      const days: Array<number> = []
      pushMonth(days, rule, start.day, Math.floor((first + period) / 12), month)
      return picked(days, rule.bySetPos)
    },
    cycle: 4_800
  }
}

const yearly = (rule: Rule, anchor: number): Periods => {
  const start = civil(anchor)
  // Years that begin on the same day of the week and are as long have the same days: there are 14 kinds.
  const kinds: Array<ReadonlyArray<number> | undefined> = []
  return {
    of: (day) => civil(day).year - start.year,
    startOf: (period) => dayOf(start.year + period, 1, 1),
    days: (period) => {
      const year = start.year + period
      const first = dayOf(year, 1, 1)
      const kind = weekdayOf(first) * 2 + daysInMonth(year, 2) - 28
      kinds[kind] ??= picked(daysOfYear(rule, start, year), rule.bySetPos).map((day) => day - first)
      return kinds[kind].map((offset) => first + offset)
    },
    cycle: 400
  }
}

const periodsOf = { DAILY: daily, WEEKLY: weekly, MONTHLY: monthly, YEARLY: yearly }

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other)

/**
 * The days of each period of a rule from the one on that has a day, whatever came before: what it takes does not grow
 * with the age of the rule. It ends with the year 9999, and where there was none in all the periods after which the
 * calendar comes again: a rule without a day costs no more than that.
 */
export const periodsFrom = function*(rule: DayRule, anchor: number, from: number): Generator<ReadonlyArray<number>> {
  const periods = periodsOf[rule.frequency](rule, anchor)
  const { interval } = rule
  const patience = periods.cycle * interval / greatestCommonDivisor(periods.cycle, interval)
  let period = Math.max(0, Math.floor(periods.of(from) / interval) * interval)
  let last = period
  while (period - last <= patience && periods.startOf(period) <= lastDay) {
    const days = periods.days(period)
    yield days
    if (days.length > 0) last = period
    const next = days.length > 0 ? period + 1 : periods.next?.(period) ?? period + 1
    period = Math.ceil(next / interval) * interval
  }
}

/** The days of a rule that are not before one, nor before the anchor, in order: see `periodsFrom`. */
export const daysFrom = function*(rule: DayRule, anchor: number, from: number): Generator<number> {
  const earliest = Math.max(anchor, from)
  for (const days of periodsFrom(rule, anchor, earliest)) {
    for (const day of days) if (day >= earliest && day <= lastDay) yield day
  }
}

/** Whether a rule that is counted from a date has a day at all: in steps of 7 days, a Friday never comes to a Monday. */
export const everComes = (rule: Rule, from: DateOnly): boolean => {
  // Without steps it comes to all days, and what those are that there are not is said by the rule alone.
  if (rule.interval === 1 || !isDayRule(rule)) return true
  const anchor = dayNumber(from)
  return daysFrom(rule, anchor, anchor).next().done !== true
}
