import { Result } from "effect"
import type { DateOnly } from "../dates/DateOnly.ts"
import { isDate } from "../dates/DateOnly.ts"
import { Unprocessable } from "../dates/Unprocessable.ts"
import { contradiction } from "./Contradiction.ts"
import {
  type Frequency,
  maxCount,
  maxInterval,
  maxRuleLength,
  type Rule,
  type Until,
  weekdayNames,
  type WeekdayRule
} from "./Rule.ts"

/** What is wrong with a rule. It is caught below, and never leaves this file. */
class Wrong extends Error {}

const wrong = (message: string): never => {
  throw new Wrong(message)
}

const integer = (part: string, text: string, minimum: number, maximum: number): number => {
  const number = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : NaN
  return number !== 0 && number >= minimum && number <= maximum
    ? number
    : wrong(`${part} takes ${minimum < 0 ? `1 to ${maximum} and -1 to ${minimum}` : `${minimum} to ${maximum}`}`)
}

/** The values of a part, each once, in the order of the text. */
const list = <A>(text: string, one: (text: string) => A): ReadonlyArray<A> => [...new Set(text.split(","))].map(one)

const weekday = (text: string): number => {
  const index = (weekdayNames as ReadonlyArray<string>).indexOf(text)
  return index >= 0 ? index : wrong(`A day of the week is one of ${weekdayNames.join(", ")}`)
}

const weekdayRule = (text: string): WeekdayRule => {
  const [, ordinal = "", day = ""] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(text) ?? []
  return { weekday: weekday(day), ordinal: ordinal === "" ? undefined : integer("BYDAY", ordinal, -53, 53) }
}

const until = (text: string): Until => {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)(Z)?)?$/.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  if (!isDate(date)) return wrong("UNTIL takes a date such as 20261231, or a time such as 20261231T225959Z")
  return {
    date: date as DateOnly,
    time: hour === undefined ? undefined : `${hour}:${minute}:${second}`,
    utc: utc !== undefined
  }
}

const frequencies: ReadonlyArray<string> = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"] satisfies Array<Frequency>

const frequency = (text: string | undefined): Frequency =>
  text !== undefined && frequencies.includes(text)
    ? text as Frequency
    : wrong(`A rule needs FREQ, one of ${frequencies.join(", ")}`)

const names = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"] as const
type Name = (typeof names)[number]

const partsOf = (text: string): ReadonlyMap<Name, string> => {
  const parts = new Map<Name, string>()
  for (const part of text.split(";")) {
    const at = part.indexOf("=")
    const name = part.slice(0, Math.max(0, at))
    if (!(names as ReadonlyArray<string>).includes(name)) {
      wrong(`A rule has parts such as FREQ=DAILY, and no part ${name || part}`)
    }
    if (parts.has(name as Name)) wrong(`A rule has ${name} once`)
    parts.set(name as Name, part.slice(at + 1))
  }
  return parts
}

const parsed = (text: string): Rule => {
  if (text.length > maxRuleLength) wrong(`A rule has at most ${maxRuleLength} characters`)
  const parts = partsOf(text.toUpperCase())
  const values = <A>(name: Name, one: (text: string) => A) => {
    const part = parts.get(name)
    return part === undefined ? [] : list(part, one)
  }
  const single = <A, B>(name: Name, one: (text: string) => A, absent: B) => {
    const part = parts.get(name)
    return part === undefined ? absent : one(part)
  }
  const rule: Rule = {
    frequency: frequency(parts.get("FREQ")),
    interval: single("INTERVAL", (it) => integer("INTERVAL", it, 1, maxInterval), 1),
    count: single("COUNT", (it) => integer("COUNT", it, 1, maxCount), undefined),
    until: single("UNTIL", until, undefined),
    byMonth: values("BYMONTH", (it) => integer("BYMONTH", it, 1, 12)),
    byMonthDay: values("BYMONTHDAY", (it) => integer("BYMONTHDAY", it, -31, 31)),
    byDay: values("BYDAY", weekdayRule),
    bySetPos: values("BYSETPOS", (it) => integer("BYSETPOS", it, -366, 366)),
    weekStart: single("WKST", weekday, 0)
  }
  const contradicted = contradiction(rule)
  return contradicted === undefined ? rule : wrong(contradicted)
}

/**
 * The rule that a text is: the value of an RRULE (RFC 5545, 3.3.10), in any case. Fails where a part is not known, is there
 * twice, is out of its bounds, or does not go with another.
 */
export const parseRule = (text: string, path: ReadonlyArray<string | number>): Result.Result<Rule, Unprocessable> => {
  try {
    return Result.succeed(parsed(text))
  } catch (failure) {
    if (failure instanceof Wrong) {
      return Result.fail(new Unprocessable({ code: "invalid_rule", path, message: failure.message }))
    }
    throw failure
  }
}

/** A rule as text, that `parseRule` makes the same rule of: what is usual is left out. */
export const printRule = (rule: Rule): string => {
  const { byDay, byMonth, byMonthDay, bySetPos, count, interval, until, weekStart } = rule
  const parts: Array<string> = [`FREQ=${rule.frequency}`]
  if (interval !== 1) parts.push(`INTERVAL=${interval}`)
  if (count !== undefined) parts.push(`COUNT=${count}`)
  if (until !== undefined) {
    const time = until.time === undefined ? "" : `T${until.time.replaceAll(":", "")}${until.utc ? "Z" : ""}`
    parts.push(`UNTIL=${until.date.replaceAll("-", "")}${time}`)
  }
  if (byMonth.length > 0) parts.push(`BYMONTH=${byMonth.join(",")}`)
  if (byMonthDay.length > 0) parts.push(`BYMONTHDAY=${byMonthDay.join(",")}`)
  if (byDay.length > 0) {
    parts.push(`BYDAY=${byDay.map(({ ordinal, weekday }) => `${ordinal ?? ""}${weekdayNames[weekday]}`).join(",")}`)
  }
  if (bySetPos.length > 0) parts.push(`BYSETPOS=${bySetPos.join(",")}`)
  if (weekStart !== 0) parts.push(`WKST=${weekdayNames[weekStart]}`)
  return parts.join(";")
}
