import type { Rule } from "./Rule.ts"

/** The most days that a period of a rule can have: a week, a month, or a year. */
const mostDays = ({ byDay, byMonth, byMonthDay, frequency }: Rule): number => {
  const ofWeek = new Set(byDay.map(({ weekday }) => weekday)).size
  if (frequency === "WEEKLY") return Math.max(1, ofWeek)
  const ofMonth = byMonthDay.length > 0 ? byMonthDay.length : byDay.length > 0
    ? byDay.reduce((all, { ordinal }) => all + (ordinal === undefined ? 5 : 1), 0)
    : 1
  if (frequency === "MONTHLY") return Math.min(31, ofMonth)
  if (byMonth.length > 0 || byMonthDay.length > 0) return (byMonth.length || 12) * Math.min(31, ofMonth)
  return byDay.reduce((all, { ordinal }) => all + (ordinal === undefined ? 53 : 1), 0)
}

/** What is wrong with the parts of a rule together, for people: what RFC 5545 excludes, or what could never come. */
export const contradiction = (rule: Rule): string | undefined => {
  const { byDay, byMonth, byMonthDay, bySetPos, frequency } = rule
  const days = byDay.length + byMonth.length + byMonthDay.length
  if (rule.count !== undefined && rule.until !== undefined) return "A rule has COUNT or UNTIL, not both"
  if (frequency === "HOURLY" && days > 0) return "HOURLY takes no part that names days"
  if (frequency === "WEEKLY" && byMonthDay.length > 0) return "WEEKLY takes no BYMONTHDAY"
  if (frequency !== "MONTHLY" && frequency !== "YEARLY" && byDay.some(({ ordinal }) => ordinal !== undefined)) {
    return "The nth day of the week is of a month or a year: only MONTHLY and YEARLY number days in BYDAY"
  }
  if (byMonthDay.length > 0 && byDay.some(({ ordinal }) => ordinal !== undefined)) {
    return "BYMONTHDAY and an nth day of the week both number the days of a month"
  }
  if (bySetPos.length > 0 && (days === 0 || frequency === "DAILY")) {
    return "BYSETPOS picks from the days of a week, month or year that another part names"
  }
  if ((frequency === "MONTHLY" || byMonth.length > 0) && byDay.some(({ ordinal = 1 }) => Math.abs(ordinal) > 5)) {
    return "A month has a day of the week five times at most"
  }
  if (bySetPos.length > 0 && bySetPos.every((position) => Math.abs(position) > mostDays(rule))) {
    return "BYSETPOS picks a day that no period of the rule has"
  }
  const longest = (month: number) => month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31
  if (
    byMonth.length > 0 && byMonthDay.length > 0 &&
    byMonth.every((month) => byMonthDay.every((day) => Math.abs(day) > longest(month)))
  ) return "None of these months has such a day"
  return undefined
}
