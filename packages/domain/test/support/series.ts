import { dateOf, dayNumber } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { daysFrom, isDayRule } from "@todo/domain/repetition/RuleDays"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"

/** The first dates of a repetition, from that of its task on. */
export const seriesOf = (text: string, { date }: Due, many: number): ReadonlyArray<string> => {
  const rule = Result.getOrThrow(parseRule(text, []))
  if (!isDayRule(rule)) return []
  const first = dayNumber(date)
  const dates: Array<string> = [date]
  const after = daysFrom(rule, first, first + 1)
  while (dates.length < many) {
    const next = after.next()
    if (next.done === true) break
    dates.push(dateOf(next.value))
  }
  return dates
}
