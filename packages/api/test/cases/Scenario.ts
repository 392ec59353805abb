import { assert } from "@effect/vitest"
import type { Due, DuePatch, NewDue } from "@todo/domain/dates/Due"
import { checkedDue, patchedDue } from "@todo/domain/dates/Due"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { timeZoneNamed } from "@todo/domain/dates/TimeZoneName"
import { dateOfOccurrence, occurrenceDue, timeOfOccurrence } from "@todo/domain/repetition/Occurrence"
import { checkedRule, type NewRepeat, patchedRepeat } from "@todo/domain/repetition/Repeat"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { dateOfDue, instantOfDue, isOverdue } from "../../src/dates/DueInstant.ts"
import { dueOnDates, type DueRanges, dueToday, overdueAt } from "../../src/dates/DueRanges.ts"
import { localDateOf, type Place, spanOfDay } from "../../src/dates/LocalDay.ts"
import { wallOf } from "../../src/dates/WallClock.ts"
import { advanced } from "../../src/repetition/Advance.ts"
import { instantOfOccurrence, occurrences, type Series } from "../../src/repetition/Series.ts"

/** A task as a case gives it. */
interface GivenTask {
  readonly as: string
  readonly due?: NewDue
  readonly start?: NewDue
  readonly repeat?: NewRepeat
}

/** A step of a case. A value that only other tests understand leaves it out. */
interface Step {
  readonly at: string
  readonly complete?: string
  readonly series?: string
  readonly count?: number
  readonly filter?: string
  readonly patch?: string
  readonly quick?: string
  readonly as?: string
  readonly request?: string
  readonly settings?: { readonly timeZone?: string }
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: { readonly due?: DuePatch | NewDue | null; readonly completed?: boolean }
}

/** What a case expects of a step; members that are absent are not compared. */
interface Expected {
  readonly title?: string
  readonly due?: Due
  readonly start?: Due
  readonly at?: string | null
  readonly overdue?: boolean
  readonly items?: ReadonlyArray<string>
  readonly window?: { readonly from: string; readonly to: string }
  readonly series?: ReadonlyArray<string | { readonly date: string; readonly time: string; readonly at: string }>
  readonly repeat?: Partial<NewRepeat>
  readonly suggests?: string
  readonly advanced?: boolean
  readonly completions?: number
}

/** A case of `/work/shared/cases`, as far as dates and repetition go. */
export interface Case {
  readonly id: string
  readonly title: string
  readonly given: {
    readonly now: string
    readonly timeZone: string
    readonly dayEndsAt?: string
    readonly tasks?: ReadonlyArray<GivenTask>
  }
  readonly do: ReadonlyArray<Step>
  readonly expect: { readonly steps: ReadonlyArray<Expected> }
}

interface CaseTask {
  due: Due | null
  start: Due | null
  series: Series | undefined
}

const iso = (instant: number | null) => instant === null ? null : new Date(instant).toISOString().replace(".000Z", "Z")

const zoneOfDue = (due: Due | null) => due === null || !("time" in due) ? null : due.timeZone

const taskOf = ({ due, repeat, start }: Omit<GivenTask, "as">): CaseTask => {
  const when = due === undefined ? null : Result.getOrThrow(checkedDue(due))
  const how = repeat === undefined ? null : Result.getOrThrow(patchedRepeat(null, repeat))
  const timeZone = zoneOfDue(when)
  return {
    due: when,
    start: start === undefined ? null : Result.getOrThrow(checkedDue(start)),
    series: how === null || when === null ? undefined : {
      ...how,
      rule: Result.getOrThrow(checkedRule(how.rule, when)),
      timeZone,
      first: occurrenceDue(when),
      current: occurrenceDue(when),
      ordinal: 1
    }
  }
}

/** Whether ranges, as a query takes them, have a date. */
const isWithin = ({ dates, instants, walls }: DueRanges, due: Due): boolean => {
  if (!("time" in due)) {
    return (dates.from === null || due.date >= dates.from) && (dates.to === null || due.date < dates.to)
  }
  const among = (value: number) => ({ from, to }: { readonly from: number; readonly to: number }) =>
    from <= value && value < to
  const wall = wallOf(due.date, due.time)
  return due.timeZone === null
    ? walls.some(among(wall))
    : among(instantOfDue(due, { timeZone: due.timeZone })!)(instants)
}

const nextDate = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)

/** Runs a case on the modules alone, without the service, and asserts what it expects. */
export const run = ({ do: steps, expect, given }: Case) => {
  const zone = (name: string) => Result.getOrThrow(timeZoneNamed(name, []))
  let home: Place = { timeZone: zone(given.timeZone), dayEndsAt: (given.dayEndsAt ?? "00:00") as TimeOfDay }
  const tasks = new Map((given.tasks ?? []).map((task) => [task.as, taskOf(task)]))

  const answer = (task: CaseTask, expected: Expected, now: number, place: Place, label: string) => {
    if (expected.due !== undefined) assert.deepStrictEqual(task.due, expected.due, label)
    if (expected.start !== undefined) assert.deepStrictEqual(task.start, expected.start, label)
    if (expected.at !== undefined) assert.strictEqual(iso(instantOfDue(task.due!, place)), expected.at, label)
    if (expected.overdue !== undefined) assert.strictEqual(isOverdue(task.due!, now, place), expected.overdue, label)
  }

  const filter = (text: string, expected: Expected, now: number, place: Place, label: string) => {
    const day = /^due = (\S+)$/.exec(text)?.[1]
    const ranges = text === "today" ?
      dueToday(now, place) :
      day === undefined ?
      overdueAt(now, place) :
      dueOnDates(day as Due["date"], nextDate(day) as Due["date"], place)
    const found = [...tasks].filter(([, { due }]) => due !== null && isWithin(ranges, due)).map(([as]) => as)
    assert.deepStrictEqual(found, [...expected.items!].toSorted(), `${label} ${text}`)
    // A row by itself has to come out alike.
    const date = text === "today" ? localDateOf(now, place) : day
    const alike = [...tasks].filter(([, { due }]) =>
      due !== null && (date === undefined ? isOverdue(due, now, place) : dateOfDue(due, place) === date)
    ).map(([as]) => as)
    assert.deepStrictEqual(alike, found, `${label} ${text}, one by one`)
    if (expected.window !== undefined) {
      const { from, to } = spanOfDay(localDateOf(now, place), place)
      assert.deepStrictEqual({ from: iso(from), to: iso(to) }, expected.window, label)
    }
  }

  for (const [index, step] of steps.entries()) {
    const expected = expect.steps[index]!
    const now = Date.parse(step.at)
    const label = `step ${index}`
    const place: Place = step.headers?.["Time-Zone"] === undefined
      ? home
      : { ...home, timeZone: zone(step.headers["Time-Zone"]) }
    const named = step.request?.match(/\{(\w+)\}/)?.[1]
    if (expected.suggests !== undefined) {
      const name = step.settings?.timeZone ?? (step.body!.due as NewDue).timeZone!
      const refused = Result.flip(timeZoneNamed(name, ["timeZone"]))
      assert.isAtLeast(Result.getOrThrow(refused).nearest!.map(zone).length, 1, label)
    } else if (step.settings?.timeZone !== undefined) home = { ...home, timeZone: zone(step.settings.timeZone) }
    else if (step.quick !== undefined) tasks.set(step.as!, taskOf(spoken(expected)))
    else if (step.filter !== undefined) filter(step.filter, expected, now, place, label)
    else if (step.series !== undefined) {
      const { series } = tasks.get(step.series)!
      const come = occurrences(series!, step.count!, place).map((occurrence) => {
        const time = timeOfOccurrence(occurrence)
        const at = iso(instantOfOccurrence(occurrence, series!.timeZone ?? place.timeZone))
        return time === null ? occurrence : { date: dateOfOccurrence(occurrence), time, at }
      })
      assert.deepStrictEqual(come as ReadonlyArray<unknown>, expected.series!, label)
    } else if (step.complete !== undefined) {
      const task = tasks.get(step.complete)!
      const next = advanced({ series: task.series!, start: task.start }, now, place)!
      task.due = next.due
      task.start = next.start
      task.series = { ...task.series!, current: next.occurrence, ordinal: next.ordinal }
      answer(task, expected, now, place, label)
    } else if (step.patch !== undefined) {
      const task = tasks.get(step.patch)!
      const { due } = step.body!
      if (due !== undefined) task.due = Result.getOrThrow(patchedDue(task.due, due))
      answer(task, expected, now, place, label)
    } else if (named !== undefined) answer(tasks.get(named)!, expected, now, place, label)
  }
}

/** The rules of the words of cases that do not name them. */
const rules: Readonly<Record<string, string>> = {
  "Put the bins out": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
  "Descale the kettle": "FREQ=WEEKLY;INTERVAL=2"
}

/** What words make, as the case says: the words themselves are tested elsewhere. */
const spoken = ({ due, repeat, title }: Expected): Omit<GivenTask, "as"> => ({
  due: due!,
  repeat: { rule: rules[title!]!, ...repeat }
})

/** The cases of a file of this folder. */
export const casesOf = (file: string): ReadonlyArray<Case> =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")).cases
