import type { TimeZoneName } from "../dates/TimeZoneName.ts"
import type { Cursor } from "./Cursor.ts"
import type { Day, Strength } from "./Day.ts"
import { day } from "./DayPhrase.ts"
import { amount, type Duration, duration } from "./Duration.ts"
import { everyDays, onDays } from "./Every.ts"
import type { Unit } from "./Language.ts"
import { list } from "./List.ts"
import { ofMonth } from "./MonthPattern.ts"
import { everyUnit, inexpressible, type Said, weekly } from "./Pattern.ts"
import type { Range } from "./Reading.ts"
import { minutesOfDay, type Time, timeBehindDay, timeInPart } from "./Time.ts"
import { type When, when, zone } from "./When.ts"

/** A repetition as it was said, before it is known when its task is due. */
export interface Repetition {
  readonly said: Said
  readonly from: "schedule" | "completion"
  readonly strength: Strength
  /** Where the words are that say how often: without a time, a first date and an end. */
  readonly words: ReadonlyArray<Range>
  readonly time?: Time
  readonly zone?: TimeZoneName | null
  readonly starting?: When
  readonly until?: Day
  readonly lasting?: Duration
  readonly count?: number
}

type Head = Pick<Repetition, "said" | "from" | "strength">

/** `the 1st of every month`. */
const ofEachMonth = (cursor: Cursor): Said | undefined => {
  const found = ofMonth(cursor, 1)
  const said = cursor.tokens[cursor.at - 2]?.means.roles?.includes("each") === true
  return said && found !== undefined ? { ...found, other: undefined } : undefined
}

/** `daily`, `monthly on the 15th`. */
const oftenOn = (cursor: Cursor, unit: Unit): Pick<Head, "said" | "strength"> => {
  const said = everyUnit(unit, 1)
  const on = said === inexpressible ? undefined : cursor.attempt((it) => onDays(it, unit, said.interval))
  return { said: on ?? said, strength: on === undefined ? "marked" : "anywhere" }
}

/** `on weekends`, `on mondays and fridays`, `freitags`: an adverb, or it needs a word that says so. */
const daysAgain = (cursor: Cursor): Head | undefined => {
  const marked = cursor.role("on")
  const days = list(cursor, (it) => it.take("again")).flat()
  if (days.length === 0) return undefined
  const strength = marked || cursor.moment.language.pluralIsAdverb ? "anywhere" : "marked"
  return { said: weekly(days), from: "schedule", strength }
}

/** `every monday`, `every! 3 days`, `daily`, `3 days after completion`. */
const head = (cursor: Cursor): Head | undefined => {
  const done = cursor.role("eachDone")
  if (done || cursor.role("each")) {
    const said = everyDays(cursor)
    const strength = said !== inexpressible && said?.weak === true ? "end" : "anywhere"
    return said && { said, from: done ? "completion" : "schedule", strength }
  }
  const ofEach = cursor.attempt(ofEachMonth)
  if (ofEach !== undefined) return { said: ofEach, from: "schedule", strength: "anywhere" }
  const again = cursor.attempt(daysAgain)
  if (again !== undefined) return again
  const often = cursor.take("often")
  if (often !== undefined) return { from: "schedule", ...oftenOn(cursor, often) }
  const length = duration(cursor)
  if (length === undefined || !cursor.role("after")) return undefined
  cursor.role("the")
  return cursor.role("completion")
    ? { said: everyUnit(length.unit, length.many), from: "completion", strength: "anywhere" }
    : undefined
}

type Tail = Partial<Omit<Repetition, "from" | "strength" | "words">>

/** What may be told after it, each thing once. */
const tails: ReadonlyArray<(cursor: Cursor) => Tail | undefined> = [
  (cursor) => {
    const found = timeBehindDay(cursor)
    return found === undefined || found.minutes >= minutesOfDay ? undefined : { time: found, zone: zone(cursor) }
  },
  (cursor) => {
    if (!cursor.role("from")) return undefined
    cursor.role("on")
    const starting = when(cursor)
    return starting && { starting }
  },
  (cursor) => {
    if (!cursor.role("until")) return undefined
    cursor.role("the")
    const until = day(cursor)
    return until && { until }
  },
  (cursor) => {
    const lasting = cursor.role("for") ? duration(cursor) : undefined
    return lasting && { lasting }
  },
  (cursor) => {
    cursor.role("for")
    const count = amount(cursor)
    return count !== undefined && cursor.role("times") ? { count } : undefined
  },
  (cursor) => cursor.role("except") && cursor.rest() ? { said: inexpressible } : undefined
]

/** The time of a part of the day, each day: "every evening at 7". */
const inPart = (part: number, tail: Tail): Tail | undefined => {
  const found = timeInPart(part, tail.time!)
  return found && { ...tail, time: { ...found, minutes: found.minutes % minutesOfDay } }
}

/** A repetition, with all that is said of it. */
export const repetition = (cursor: Cursor): Repetition | undefined => {
  const { at } = cursor
  const first = head(cursor)
  if (first === undefined) return undefined
  const words = cursor.tokens.slice(at, cursor.at).map(({ bare, from }) => ({ from, to: bare }))
  const part = first.said === inexpressible ? undefined : first.said.minutes
  let told: Tail = {}
  for (let tail: Tail | undefined = {}; tail !== undefined;) {
    told = { ...told, ...tail }
    tail = cursor.attempt((it) => {
      it.pause()
      const tail = it.longest(tails)
      if (tail === undefined || Object.keys(tail).some((key) => key in told)) return undefined
      return part === undefined || tail.time === undefined ? tail : inPart(part, tail)
    })
  }
  return { ...first, ...told, words }
}
