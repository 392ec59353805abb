import { type Due, type DuePatch, patchedDue } from "@todo/domain/dates/Due"
import { Unprocessable } from "@todo/domain/dates/Unprocessable"
import { dateOfOccurrence, type Occurrence, occurrenceDue, occurrenceOf } from "@todo/domain/repetition/Occurrence"
import { checkedRule, countsHours, patchedRepeat, type Repeat, type RepeatPatch } from "@todo/domain/repetition/Repeat"
import { everComes } from "@todo/domain/repetition/RuleDays"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Result } from "effect"
import { instantText } from "../database/InstantText.ts"
import type { Row } from "../database/Table.ts"
import { dueKey } from "../dates/DueKey.ts"
import type { Place } from "../dates/LocalDay.ts"
import { advanced } from "../repetition/Advance.ts"
import type { Series } from "../repetition/Series.ts"
import type { InUtc, SaidRepeat } from "../words/SpokenDates.ts"

/** What a task has of its series, beside its rule and the occurrence that it is now. */
type StoredSeries = Pick<Series, "first" | "ordinal" | "timeZone">

/** What a task has of the last date of it that was done, or passed over. */
interface StoredCompletion {
  /** 1, 2, 3 … */
  readonly nth: number
  readonly occurrence: Occurrence
  readonly completedAt: string
  readonly skipped: boolean
}

/** All that a task has of dates, as it is stored. */
export interface Schedule {
  readonly start: Due | null
  readonly due: Due | null
  readonly repeat: Repeat | null
  readonly occurrence: Occurrence | null
  readonly series: StoredSeries | null
  readonly completion: StoredCompletion | null
  readonly completed: boolean
}

/** What a new task has, before it has anything. */
export const unscheduled: Schedule = {
  start: null,
  due: null,
  repeat: null,
  occurrence: null,
  series: null,
  completion: null,
  completed: false
}

/** What is stored of a task's dates. */
export const scheduleOf = (row: Row): Schedule => {
  const { completed_at, completion = null, due = null, occurrence = null, repeat = null, series = null, start = null } =
    row as unknown as Omit<Schedule, "completed"> & { readonly completed_at?: unknown }
  return { start, due, repeat, occurrence, series, completion, completed: (completed_at ?? null) !== null }
}

/** The columns that have it. */
export const scheduleColumns = ["completed_at", "occurrence", "start", "due", "repeat", "series", "completion"]

/** What is to be stored of it, as a body of a write has it. */
export const bodyOf = ({ completion, due, occurrence, repeat, series, start }: Schedule) => ({
  start,
  due,
  repeat,
  occurrence,
  startKey: start === null ? null : dueKey(start),
  dueKey: due === null ? null : dueKey(due),
  series,
  completion
})

/** A merge-patch of dates; a creation is one of nothing. */
export interface SchedulePatch {
  readonly start?: DuePatch | null
  readonly due?: DuePatch | null
  readonly repeat?: RepeatPatch | null
  /** What words say of the repetition, in the place of a patch of it. */
  readonly said?: SaidRepeat
  /** What makes a time of UTC of the date, where words say it. */
  readonly inUtc?: InUtc
}

/** Whether a patch, or a creation, is about dates. */
export const isAboutDates = ({ due, repeat, start }: SchedulePatch): boolean =>
  start !== undefined || due !== undefined || repeat !== undefined

/** The same failure, in a member of something larger. */
const inMember = (member: string) => <A>(result: Result.Result<A, Unprocessable>) =>
  Result.mapError(
    result,
    ({ code, message, nearest, path }) =>
      new Unprocessable({ code, message, path: [member, ...path], ...nearest !== undefined && { nearest } })
  )

const timeOf = (due: Due) => "time" in due ? due.time : null
const zoneOf = (due: Due) => "time" in due ? due.timeZone : null

/**
 * Where a series is that goes on: on another day it is the same, as a day is moved for once; at another time of the same
 * day, or in another zone, all of it is (docs/adr/0033).
 */
const retimed = (was: Schedule, due: Due): Pick<Schedule, "occurrence" | "series"> => {
  const { occurrence, series } = was
  const before = was.due!
  if (
    due.date !== before.date || (timeOf(due) === timeOf(before) && zoneOf(due) === zoneOf(before))
  ) return { occurrence, series }
  const at = (one: Occurrence) => occurrenceOf(dateOfOccurrence(one), timeOf(due))
  return { occurrence: at(occurrence!), series: { ...series!, first: at(series!.first), timeZone: zoneOf(due) } }
}

/** What a merge-patch makes of a task's dates. Fails where it makes none. */
export const patchedSchedule = (
  was: Schedule,
  patch: SchedulePatch
): Result.Result<Schedule, Unprocessable> =>
  Result.gen(function*() {
    const dateOf = (member: "start" | "due") => {
      const value = patch[member]
      return value === undefined ? Result.succeed(was[member]) : inMember(member)(patchedDue(was[member], value))
    }
    const start = yield* dateOf("start")
    const patchedDate = yield* dateOf("due")
    const read = yield* patch.said?.(patchedDate) ?? Result.succeed(undefined)
    const told = read?.due ?? patchedDate
    const repeat = read !== undefined
      ? { missed: was.repeat?.missed ?? "skip", ...read.repeat }
      : patch.repeat === undefined
      ? was.repeat
      : yield* inMember("repeat")(patchedRepeat(was.repeat, patch.repeat))
    const due = told !== null && repeat !== null && countsHours(repeat) ? patch.inUtc?.(told) ?? told : told
    if (repeat === null) return { ...was, start, due, repeat, occurrence: null, series: null }
    if (due === null) {
      return yield* Result.fail(
        new Unprocessable({
          code: "repeat_needs_due",
          path: [patch.repeat === undefined ? "due" : "repeat"],
          message: "What repeats needs a date: send due, or repeat: null"
        })
      )
    }
    const rule = yield* inMember("repeat")(checkedRule(repeat.rule, due))
    if (was.repeat?.rule === repeat.rule) return { ...was, start, due, repeat, ...retimed(was, due) }
    if (repeat.from === "schedule" && !everComes(rule, due.date)) {
      return yield* Result.fail(
        new Unprocessable({
          code: "invalid_rule",
          path: ["repeat", "rule"],
          message: `Counted from ${due.date} in steps of ${rule.interval}, it never comes to a day that it names`
        })
      )
    }
    // The task's date is the first occurrence, whatever the rule says of it.
    const first = occurrenceDue(due)
    return { ...was, start, due, repeat, occurrence: first, series: { first, ordinal: 1, timeZone: zoneOf(due) } }
  })

/** The series of a task that repeats. */
export const seriesOf = ({ occurrence, repeat, series }: Schedule): Series => ({
  rule: Result.getOrThrow(parseRule(repeat!.rule, [])),
  from: repeat!.from,
  missed: repeat!.missed,
  ...series!,
  current: occurrence!
})

/** What becomes of a task that repeats when its date is done, or passed over, at an instant: it ends where none comes. */
export const nextSchedule = (
  was: Schedule,
  { at, skipped }: { readonly at: number; readonly skipped: boolean },
  place: Place
): Schedule => {
  const next = advanced({ series: seriesOf(was), start: was.start }, at, place)
  const completion = {
    nth: (was.completion?.nth ?? 0) + 1,
    occurrence: was.occurrence!,
    completedAt: instantText(at),
    skipped
  }
  if (next === undefined) return { ...was, completion, completed: true }
  const { due, occurrence, ordinal, start } = next
  return { ...was, start, due, occurrence, series: { ...was.series!, ordinal }, completion }
}
