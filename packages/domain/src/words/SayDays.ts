import type { Rule } from "../repetition/Rule.ts"
import { workdays } from "./Pattern.ts"
import type { Speech } from "./Speech.ts"

const units = { HOURLY: "hour", DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const

const isSame = (one: ReadonlyArray<unknown>, other: ReadonlyArray<unknown>) =>
  one.length === other.length && one.every((item, index) => item === other[index])

/** The days of BYMONTHDAY; of 28 to 31 with BYSETPOS=-1 the last one is meant, or what there is of it. */
const monthDaysOf = ({ byMonthDay, bySetPos }: Rule): ReadonlyArray<number> => {
  if (bySetPos.length === 0) return byMonthDay
  const last = byMonthDay.at(-1) ?? 0
  const clamped = Array.from({ length: Math.max(0, last - 27) }, (_, index) => 28 + index)
  return isSame(bySetPos, [-1]) && last > 28 && isSame(byMonthDay, clamped) ? [last] : []
}

/** Whether all have words: the first to the 31st, and the last. */
const haveWords = (numbers: ReadonlyArray<number>) => numbers.length > 0 && numbers.every((it) => it >= -1 && it !== 0)

const sayMonthly = (rule: Rule, done: boolean, say: Speech): string | undefined => {
  const { byDay, byMonthDay, bySetPos, interval } = rule
  if (byDay.length === 0) {
    const days = monthDaysOf(rule)
    // The last day is said last.
    const sorted = [...days.filter((day) => day > 0), ...days.filter((day) => day < 0)]
    return haveWords(days) ? say.ofMonth(sorted, "day", interval, done) : undefined
  }
  const weekdays = [...new Set(byDay.map(({ weekday }) => weekday))]
  if (byMonthDay.length > 0) return undefined
  if (bySetPos.length > 0) {
    const isOfWork = isSame(weekdays, workdays) && byDay.every(({ ordinal }) => ordinal === undefined)
    return isOfWork && haveWords(bySetPos) ? say.ofMonth(bySetPos, "workday", interval, done) : undefined
  }
  const numbers = [...new Set(byDay.map(({ ordinal = 0 }) => ordinal))]
  const all = numbers.flatMap((ordinal) => weekdays.map((weekday) => `${ordinal} ${weekday}`))
  return haveWords(numbers) && isSame(all, byDay.map(({ ordinal, weekday }) => `${ordinal} ${weekday}`))
    ? say.ofMonth(numbers, weekdays, interval, done)
    : undefined
}

/** The days of a rule in words; none where there are none for it. */
export const sayDays = (rule: Rule, done: boolean, say: Speech): string | undefined => {
  const { byDay, byMonth, byMonthDay, bySetPos, frequency, interval } = rule
  if (byDay.length + byMonth.length + byMonthDay.length === 0) return say.units(interval, units[frequency], done)
  if (frequency === "MONTHLY" && byMonth.length === 0) return sayMonthly(rule, done, say)
  if (frequency === "WEEKLY" && byMonth.length + bySetPos.length === 0) {
    const weekdays = byDay.map(({ weekday }) => weekday)
    return isSame(weekdays, workdays) && interval === 1 ? say.workday(done) : say.weekdays(weekdays, interval, done)
  }
  const [month] = byMonth
  const [day = 0, more] = monthDaysOf(rule)
  return frequency === "YEARLY" && byDay.length === 0 && byMonth.length === 1 && day > 0 && more === undefined
    ? say.yearDay(month!, day, interval, done)
    : undefined
}
