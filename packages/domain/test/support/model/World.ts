import { DateTime, Option } from "effect"
import type { DateOnly } from "../../../src/dates/DateOnly.ts"

/** A date as a task has it: all-day, at a time of wherever its user is, or of a zone. */
export interface ModelDate {
  readonly date: DateOnly
  readonly time?: string | undefined
  readonly timeZone?: string | null | undefined
}

/** A task as a plain object, with all that a filter may ask of it. */
export interface ModelTask {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string | null
  readonly completedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly trashedAt: number | null
  readonly projectId: string | null
  readonly parentId: string | null
  readonly priority: "p1" | "p2" | "p3" | null
  readonly tags: ReadonlyArray<string>
  readonly start: ModelDate | null
  readonly due: ModelDate | null
  readonly repeats: boolean
  readonly blockedBy: ReadonlyArray<string>
  readonly externalId: string | null
  readonly comments: ReadonlyArray<string>
}

/** A project as a plain object. */
export interface ModelProject {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly archived: boolean
}

/** All that a user has, and when and where it is looked at. */
export interface World {
  readonly tasks: ReadonlyArray<ModelTask>
  readonly projects: ReadonlyArray<ModelProject>
  readonly now: number
  readonly timeZone: string
  /** Minutes after midnight at which a day ends. */
  readonly dayEndsAt: number
}

/** A task that has nothing but what it must. */
export const plainTask: ModelTask = {
  id: "",
  number: 1,
  title: "",
  description: null,
  completedAt: null,
  createdAt: 0,
  updatedAt: 0,
  trashedAt: null,
  projectId: null,
  parentId: null,
  priority: null,
  tags: [],
  start: null,
  due: null,
  repeats: false,
  blockedBy: [],
  externalId: null,
  comments: []
}

const minute = 60_000

/** The local day of an instant: that of its local time less the end of the day. */
export const dayOfInstant = (world: World, instant: number): DateOnly => {
  const local = DateTime.makeZonedUnsafe(instant, { timeZone: world.timeZone })
  const { day, hour, minute: minutes, month, year } = DateTime.toParts(local)
  const wall = Date.UTC(year, month - 1, day, hour, minutes) - world.dayEndsAt * minute
  return new Date(wall).toISOString().slice(0, 10) as DateOnly
}

/** The instant of a date with a time: a local time that does not exist is later, one that exists twice is the first. */
export const instantOf = (world: World, { date, time, timeZone }: ModelDate): number | undefined =>
  time === undefined || time === null ? undefined : DateTime.toEpochMillis(
    Option.getOrThrow(
      DateTime.makeZoned(`${date}T${time}:00Z`, { timeZone: timeZone ?? world.timeZone, adjustForTimeZone: true })
    )
  )

/** The day of a date for the user: of one with a time, that of its instant. */
export const dayOfDate = (world: World, date: ModelDate): DateOnly => {
  const instant = instantOf(world, date)
  return instant === undefined ? date.date : dayOfInstant(world, instant)
}

/** The first instant whose day is not before this any more. */
const firstInstant = (world: World, day: DateOnly, isBefore: (other: DateOnly) => boolean): number => {
  const around = 48 * 60 * minute
  let before = Date.parse(`${day}T00:00:00Z`) - around
  let from = before + 2 * around
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (isBefore(dayOfInstant(world, middle))) before = middle
    else from = middle
  }
  return from
}

/** The instant at which a day begins; of one that there is not, that at which a later one does. */
export const startOfDay = (world: World, day: DateOnly): number => firstInstant(world, day, (other) => other < day)

/** The instant at which it is over. */
export const endOfDay = (world: World, day: DateOnly): number => firstInstant(world, day, (other) => other <= day)
