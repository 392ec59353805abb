import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Due } from "@todo/domain/dates/Due"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { zoneNamed } from "@todo/domain/dates/TimeZoneName"
import { parseRule, printRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import { dateShape } from "../tasks/DateShape.ts"

/** The date that figures are, which the schema has found to be one; undefined where there is no zone of that name. */
export const dueOf = (text: string): Due | undefined => {
  const [, date, time, zone] = dateShape.exec(text)!
  const day = date as DateOnly
  if (time === undefined) return zone === undefined ? { date: day } : undefined
  const timeZone = zone === undefined ? null : zoneNamed(zone)
  return timeZone === undefined ? undefined : { date: day, time: time as TimeOfDay, timeZone }
}

/** A date in figures. */
export const dueText = (due: Due): string =>
  "time" in due ? [due.date, due.time, due.timeZone ?? []].flat().join(" ") : due.date

/** Whether a repetition is given by its rule. */
export const isRule = (text: string): boolean => /^(?:RRULE:)?FREQ=/i.test(text.trim())

/** A rule as it is sent. */
export const bareRule = (text: string): string => text.trim().replace(/^RRULE:/i, "")

/** Whether two texts are one rule. */
export const isSameRule = (one: string, other: string): boolean => {
  if (one === other) return true
  const [first, second] = [parseRule(one, []), parseRule(other, [])]
  return Result.isSuccess(first) && Result.isSuccess(second) && printRule(first.success) === printRule(second.success)
}
