import { type DateOnly, isDate } from "@todo/domain/dates/DateOnly"
import type { NewDue } from "@todo/domain/dates/Due"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { Effect } from "effect"
import { usage } from "../failures/Failure.ts"
import type { DateOptions } from "./DateOptions.ts"
import { dateShape } from "./DateShape.ts"

const numbers = /^\d{4}-\d\d-\d\d$/

/** A date in figures, which says itself which of its time and zone it has; words are for the service to read. */
const readDate = Effect.fnUntraced(function*(name: string, text: string) {
  const [, word = "", time, zone] = dateShape.exec(text.trim()) ?? []
  if (!isDate(word)) {
    return numbers.test(word) ? yield* usage(`--${name}: there is no day ${word}`) : text
  }
  const date: NewDue = {
    date: word as DateOnly,
    ...time !== undefined && { time: time as TimeOfDay },
    ...zone !== undefined && { timeZone: zone as NonNullable<NewDue["timeZone"]> }
  }
  return date
})

const isRule = (text: string) => /^(?:RRULE:)?FREQ=/i.test(text.trim())

/** The members of a task that the options are of. */
export const readDates = Effect.fnUntraced(function*({ due, missed, repeat, repeatFrom, start }: DateOptions) {
  const how = { ...repeatFrom !== undefined && { from: repeatFrom }, ...missed !== undefined && { missed } }
  const saysHow = Object.keys(how).length > 0
  if (repeat === null && saysHow) return yield* usage("--no-repeat goes without --repeat-from and --missed")
  const dateOfOption = Effect.fnUntraced(function*<const Name extends "start" | "due">(
    name: Name,
    text: string | null
  ) {
    const date = text === null ? null : yield* readDate(name, text)
    return typeof date === "string" ? { [`${name}Text`]: date } : { [name]: date }
  })
  const dates: { start?: NewDue | null; startText?: string; due?: NewDue | null; dueText?: string } = {
    ...start !== undefined && (yield* dateOfOption("start", start)),
    ...due !== undefined && (yield* dateOfOption("due", due))
  }
  if (typeof repeat === "string" && !isRule(repeat)) {
    return saysHow
      ? yield* usage("--repeat-from and --missed go with a rule; words say it themselves: every! 3 days")
      : { ...dates, repeatText: repeat }
  }
  return {
    ...dates,
    ...(repeat !== undefined || saysHow) && {
      repeat: repeat === null
        ? null
        : { ...repeat !== undefined && { rule: repeat.replace(/^RRULE:/i, "") }, ...how }
    }
  }
})

/** The same for a new task, which does not repeat yet. */
export const readNewDates = Effect.fnUntraced(function*(options: DateOptions) {
  const read = yield* readDates(options)
  if (!("repeat" in read)) return read
  const { repeat, ...dates } = read
  if (repeat === undefined || repeat === null) return dates
  const { rule, ...how } = repeat
  if (rule === undefined) return yield* usage("--repeat-from and --missed go with --repeat")
  return { ...dates, repeat: { rule, ...how } }
})
