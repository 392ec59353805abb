import { type civil, dayOf, daysInMonth, weekdayOf } from "../dates/CivilDate.ts"
import type { Rule } from "./Rule.ts"

/** Bits of numbers, of which 1 is the lowest. */
export const bits = (numbers: ReadonlyArray<number>): number =>
  numbers.reduce((all, number) => all | (1 << (number - 1)), 0)

/** The days of a month that are of BYMONTHDAY, as bits. */
export const ofMonthDays = (rule: Rule, length: number): number => {
  let days = 0
  for (const day of rule.byMonthDay) {
    const number = day < 0 ? length + 1 + day : day
    if (number >= 1 && number <= length) days |= 1 << (number - 1)
  }
  return days
}

/** The 1st, 8th, 15th, 22nd and 29th. */
const eachSeventh = bits([1, 8, 15, 22, 29])

/** The days of a month that are of BYDAY, as bits. The ordinals of a year are not meant here. */
const ofWeekdays = (rule: Rule, first: number, length: number): number => {
  const firstWeekday = weekdayOf(first)
  let days = 0
  for (const { ordinal, weekday } of rule.byDay) {
    const start = (weekday - firstWeekday + 7) % 7
    if (ordinal === undefined) days |= eachSeventh << start
    else {
      const nth = ordinal > 0 ? ordinal - 1 : Math.floor((length - 1 - start) / 7) + 1 + ordinal
      if (nth >= 0 && start + nth * 7 < length) days |= 1 << (start + nth * 7)
    }
  }
  return days & (2 ** length - 1)
}

/** Puts the days of a month among others, from their bits. */
const pushDays = (days: Array<number>, first: number, bits: number): void => {
  for (let left = bits, at = 0; left !== 0; left >>>= 1, at++) if (left & 1) days.push(first + at)
}

/** Puts the days of one month among others: those of BYMONTHDAY, of BYDAY, of both, or else the one of the anchor. */
export const pushMonth = (days: Array<number>, rule: Rule, anchorDay: number, year: number, month: number): void => {
  const [first, length] = [dayOf(year, month, 1), daysInMonth(year, month)]
  if (rule.byMonthDay.length > 0) {
    const all = ofMonthDays(rule, length)
    pushDays(days, first, all !== 0 && rule.byDay.length > 0 ? all & ofWeekdays(rule, first, length) : all)
  } else if (rule.byDay.length > 0) pushDays(days, first, ofWeekdays(rule, first, length))
  else if (anchorDay <= length) days.push(first + anchorDay - 1)
}

/** The days of a year that are of BYDAY, whose ordinals count in the year. */
const weekdaysOfYear = (rule: Rule, year: number): ReadonlyArray<number> => {
  const first = dayOf(year, 1, 1)
  const length = dayOf(year + 1, 1, 1) - first
  const firstWeekday = weekdayOf(first)
  const isOne = new Uint8Array(length)
  for (const { ordinal, weekday } of rule.byDay) {
    const start = (weekday - firstWeekday + 7) % 7
    if (ordinal === undefined) { for (let day = start; day < length; day += 7) isOne[day] = 1 }
    else {
      const day = start + 7 * (ordinal > 0 ? ordinal - 1 : Math.floor((length - 1 - start) / 7) + 1 + ordinal)
      if (day >= 0 && day < length) isOne[day] = 1
    }
  }
  const days: Array<number> = []
  for (let day = 0; day < length; day++) if (isOne[day] === 1) days.push(first + day)
  return days
}

/** Puts the days of each month of BYMONTH, or of each month of the year, among others. */
const pushMonths = (days: Array<number>, rule: Rule, anchorDay: number, year: number): void => {
  for (let month = 1; month <= 12; month++) {
    if (rule.byMonth.length === 0 || rule.byMonth.includes(month)) pushMonth(days, rule, anchorDay, year, month)
  }
}

export const daysOfYear = (rule: Rule, anchor: ReturnType<typeof civil>, year: number): ReadonlyArray<number> => {
  const { byDay, byMonth, byMonthDay } = rule
  if (byMonth.length === 0 && byMonthDay.length === 0 && byDay.length > 0) return weekdaysOfYear(rule, year)
  const days: Array<number> = []
  if (byMonth.length === 0 && byMonthDay.length === 0) pushMonth(days, rule, anchor.day, year, anchor.month)
  else pushMonths(days, rule, anchor.day, year)
  return days
}
