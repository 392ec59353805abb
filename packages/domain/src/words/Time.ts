import type { Cursor } from "./Cursor.ts"
import type { Strength } from "./Day.ts"

/** A time of the day that was read, in minutes: a day has 1,440, and more are of the next one. */
export interface Time {
  readonly minutes: number
  /** What else may be meant. */
  readonly other?: number
  /** What it is without a day. */
  readonly strength: Strength
  /** Whether it is a part of the day by its name, and no time of the clock. */
  readonly isPart?: true
}

const halfDay = 720

/** Minutes of a clock of twelve hours. */
const withHalf = (minutes: number, half: "am" | "pm"): Time | undefined =>
  minutes < 60 || minutes >= 780
    ? undefined
    : { minutes: minutes % halfDay + (half === "pm" ? halfDay : 0), strength: "anywhere" }

/** Of a clock of twelve hours it may be the other half. */
const eitherHalf = (minutes: number): Pick<Time, "minutes" | "other"> =>
  minutes >= 60 && minutes < halfDay ? { minutes, other: minutes + halfDay } : { minutes }

/** `at`, and `around`, which is no more exact. */
const at = (cursor: Cursor): boolean => cursor.role("at") || cursor.role("about")

/** `5pm`, `5:30 pm`, `17:00`, `at 17:00`. */
const clock = (cursor: Cursor): Time | undefined => {
  at(cursor)
  const minutes = cursor.take("clock")
  if (minutes === undefined) return undefined
  const half = cursor.take("half")
  cursor.role("oclock")
  return half === undefined ? { minutes, strength: "anywhere" } : withHalf(minutes, half)
}

/** `5 pm`, `9 o'clock`, `9 Uhr 30`, `17.30 Uhr`, and `at 5`: by the clock of 24 hours, and it may be the other half. */
const hour = (cursor: Cursor): Time | undefined => {
  const isMarked = at(cursor)
  const dotted = cursor.take("dotted")
  if (dotted !== undefined) return cursor.role("oclock") ? { minutes: dotted, strength: "anywhere" } : undefined
  const hours = cursor.take("number")
  if (hours === undefined || hours > 23) return undefined
  const minutes = hours * 60
  const half = cursor.take("half")
  if (half !== undefined) return withHalf(minutes, half)
  if (cursor.role("oclock")) {
    const more = cursor.attempt((it) => {
      const found = it.take("number")
      return found !== undefined && found < 60 ? found : undefined
    })
    const told = minutes + (more ?? 0)
    const is24 = Object.keys(cursor.moment.language.halves).length === 0
    return { ...is24 ? { minutes: told } : eitherHalf(told), strength: "anywhere" }
  }
  return isMarked ? { ...eitherHalf(minutes), strength: "marked" } : undefined
}

/** `noon`, `at noon`, `in the evening`. */
const part = (cursor: Cursor): Time | undefined => {
  const at = cursor.role("at")
  if (!at && cursor.role("during")) cursor.role("the")
  const minutes = cursor.take("part")
  return minutes === undefined ? undefined : { minutes, strength: at ? "anywhere" : "marked", isPart: true }
}

/** From when to when a part of the day is, in minutes: a night ends on the next day. */
const partEnds = (part: number): readonly [from: number, to: number] => {
  if (part < 720) return [180, 720]
  if (part === 720) return [660, 840]
  return part < evening ? [720, 1140] : [960, 1800]
}

/** From then on it is evening or night. */
export const evening = 1140
export const minutesOfDay = 1440

/** A time that is told of a part of the day: "evening at 7", "night at 1am", which is of the next day. None where it is not of it. */
export const timeInPart = (part: number, { minutes, other }: Time): Time | undefined => {
  const [from, to] = partEnds(part)
  const [first] = [minutes, ...(other === undefined ? [] : [other])]
    .flatMap((it) => [it, it + minutesOfDay])
    .filter((it) => it >= from && it < to)
    .toSorted((one, two) => one - two)
  return first === undefined ? undefined : { minutes: first, strength: "anywhere" }
}

/** `morning at 9:30`, `in the evening at 7`. */
export const partAt = (cursor: Cursor): Time | undefined => {
  const named = part(cursor)
  if (named === undefined) return undefined
  cursor.pause()
  const told = cursor.longest(ofClock)
  return told && timeInPart(named.minutes, told)
}

const ofClock = [clock, hour]
const ways = [...ofClock, part]
const waysBehindDay = [...ways, partAt]

/** A time of the day, in any way that it is said. */
export const time = (cursor: Cursor): Time | undefined => cursor.longest(ways)

/** A time behind its day, of which a part may be told before it. */
export const timeBehindDay = (cursor: Cursor): Time | undefined => cursor.longest(waysBehindDay)
