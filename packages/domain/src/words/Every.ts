import { Result } from "effect"
import { parseRule } from "../repetition/RuleText.ts"
import type { Cursor } from "./Cursor.ts"
import { amount } from "./Duration.ts"
import type { Unit } from "./Language.ts"
import { list } from "./List.ts"
import { dayOfYear, ofMonth } from "./MonthPattern.ts"
import { everyUnit, inexpressible, type Said, weekly, workdays } from "./Pattern.ts"
import { minutesOfDay } from "./Time.ts"

/** The days of the week from one to another, over the end of it if need be. */
const daysBetween = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: (to - from + 7) % 7 + 1 }, (_, index) => (from + index) % 7)

/** What makes a date of a day of the week: "bis Do 31. Dez." is the end of a repetition, and no day of it. */
const beginsDate = (cursor: Cursor): unknown => {
  cursor.pause()
  return cursor.take("ordinal") ?? cursor.take("number") ?? cursor.take("month") ?? cursor.take("numeric") ??
    cursor.take("iso")
}

/** `mon`, `mon-fri`, `monday to friday`. */
const weekdayRange = (cursor: Cursor): ReadonlyArray<number> | undefined => {
  const range = cursor.take("range")
  if (range !== undefined) return daysBetween(...range)
  const from = cursor.take("weekday")
  if (from === undefined) return undefined
  const to = cursor.attempt((it) => {
    const weekday = it.role("to") ? it.take("weekday") : undefined
    return weekday !== undefined && it.attempt(beginsDate) === undefined ? weekday : undefined
  })
  return to === undefined ? [from] : daysBetween(from, to)
}

const weekdayList = (cursor: Cursor): ReadonlyArray<number> => list(cursor, weekdayRange).flat()

/** What is told of the days of a unit: `on mon and thu`, `on the 15th`, `on jan 27`, and the same without "on". */
export const onDays = (cursor: Cursor, unit: Unit, interval: number): Said | undefined => {
  cursor.role("on")
  if (unit === "week") {
    const days = weekdayList(cursor)
    return days.length === 0 ? undefined : weekly(days, interval)
  }
  if (unit === "month" || unit === "quarter") {
    const found = ofMonth(cursor, interval)
    return found && { ...found, other: undefined }
  }
  return unit === "year" ? dayOfYear(cursor, interval) : undefined
}

/** `month`, `3 days`, `other week`, `2nd day`, `2 weeks on mon and thu`. "every minute" is a way of speaking. */
const ofUnit = (cursor: Cursor): Said | undefined => {
  const many = cursor.role("other") ? 2 : amount(cursor)
  const nth = many === undefined ? cursor.take("ordinal") : undefined
  const unit = cursor.take("unit")
  if (unit === undefined || (nth ?? 2) < 2 || (unit === "minute" && many === undefined)) return undefined
  const said = everyUnit(unit, many ?? nth ?? 1)
  return said === inexpressible ? said : cursor.attempt((it) => onDays(it, unit, said.interval)) ?? said
}

/** `monday`, `mon, thu`, `other tue`, `second tue`, which may be the second one of a month. */
const ofWeek = (cursor: Cursor): Said | undefined => {
  const isNumber = cursor.attempt((it) => it.take("ordinal")) !== undefined
  if (isNumber) cursor.at--
  const many = cursor.role("other") ? 2 : 1
  const days = weekdayList(cursor)
  if (days.length === 0) return undefined
  const [day] = days
  return {
    ...weekly(days, many),
    ...(isNumber && many === 2 && days.length === 1
      ? { other: { frequency: "MONTHLY", interval: 1, byDay: [{ weekday: day!, ordinal: 2 }] } }
      : {})
  }
}

/** `workday`, `weekend`; `6 workdays` is no rule. */
const ofDays = (cursor: Cursor): Said | undefined => {
  const some = cursor.role("other") || amount(cursor) !== undefined
  const days = cursor.take("days")
  return days === undefined ? undefined : some ? inexpressible : weekly(days === "workday" ? workdays : [5])
}

/** `morning`: each day at that time. */
const ofParts = (cursor: Cursor): Said | undefined => {
  const minutes = cursor.take("part")
  return minutes === undefined || minutes >= minutesOfDay ? undefined : { frequency: "DAILY", interval: 1, minutes }
}

/** `FREQ=WEEKLY;BYDAY=MO`. */
const ofRule = (cursor: Cursor): Said | undefined => {
  const text = cursor.take("rule")
  const rule = text === undefined ? undefined : Result.getOrUndefined(parseRule(text, []))
  return rule && { frequency: rule.frequency, interval: rule.interval, literal: rule }
}

const ways: ReadonlyArray<(cursor: Cursor) => Said | undefined> = [
  ofUnit,
  ofWeek,
  ofDays,
  (cursor) => ofMonth(cursor, 1),
  (cursor) => dayOfYear(cursor, 1),
  ofParts,
  ofRule
]

/** The days of a repetition, after "every". */
export const everyDays = (cursor: Cursor): Said | undefined => cursor.longest(ways)
