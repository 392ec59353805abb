import { civil, dayNumber, weekdayOf } from "../dates/CivilDate.ts"
import type { DateOnly } from "../dates/DateOnly.ts"
import type { Due } from "../dates/Due.ts"
import type { Rule } from "../repetition/Rule.ts"
import { printRule } from "../repetition/RuleText.ts"
import { English } from "./English.ts"
import type { Moment } from "./Moment.ts"
import { sayDays } from "./SayDays.ts"

type Speaking = Pick<Moment, "today" | "language">

/** The day before which a date of this month and day, and no year, is another year's. */
const inAYear = (today: DateOnly): DateOnly => `${Number(today.slice(0, 4)) + 1}${today.slice(4)}` as DateOnly

const sayDay = (date: DateOnly, { language, today }: Speaking): string => {
  const number = dayNumber(date)
  const isClear = date >= today && date < inAYear(today) && date.slice(5) !== "02-29"
  const { day, month, year } = civil(number)
  return language.say.date({ weekday: weekdayOf(number), day, month, year: isClear ? undefined : year })
}

/** A time of the day with its zone, if it has one: one that is no path is marked, so that it is no word. */
export const timeText = ({ time, timeZone }: Extract<Due, { readonly time: unknown }>): string =>
  timeZone === null ? time : `${time} ${timeZone.includes("/") ? timeZone : `[${timeZone}]`}`

/** A date in words, which are read as the same date on that day: `Fri 27 Nov 09:00 Europe/Berlin`. */
export const sayDate = (due: Due, speaking: Speaking): string => {
  const day = sayDay(due.date, speaking)
  return "time" in due ? `${day} ${timeText(due)}` : day
}

/** Whether words say a rule, all of it: its days, and an end that is a day. */
export const hasWords = (rule: Rule): boolean =>
  rule.until?.time === undefined && sayDays(rule, false, English.say) !== undefined

/** How a task repeats, for people: `every monday until Thu 31 Dec`. What has no words is said as its rule. */
export const sayRepeat = (rule: Rule, from: "schedule" | "completion", speaking: Speaking): string => {
  const { say } = speaking.language
  const done = from === "completion"
  const { count, until } = rule
  const days = until?.time === undefined ? sayDays(rule, done, say) : undefined
  if (days === undefined) return say.rule(printRule(rule), done)
  return [
    days,
    ...(until === undefined ? [] : [say.until(sayDay(until.date, speaking))]),
    ...(count === undefined ? [] : [say.times(count)])
  ].join(" ")
}
