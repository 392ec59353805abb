import { dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { minutesOf, type TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { Settings as AccountSettings } from "@todo/domain/settings/Settings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect, Option } from "effect"
import { ApiClient } from "../client/ApiClient.ts"

/** Where whoever reads dates is. */
export interface Place {
  /** null where this machine is. */
  readonly timeZone: string | null
  readonly dayEndsAt: TimeOfDay
}

/** What the clock of a place shows. */
export interface Wall {
  readonly date: DateOnly
  readonly time: string
}

/** Where this machine is, whose days end at midnight. */
export const thisMachine: Place = { timeZone: null, dayEndsAt: "00:00" as TimeOfDay }

const formatIn = (timeZone: string | undefined) =>
  Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone })

/** A zone of which this Node has not heard yet is that of the machine. */
const formatOf = ({ timeZone }: Place): Intl.DateTimeFormat => {
  try {
    return formatIn(timeZone ?? undefined)
  } catch {
    return formatIn(undefined)
  }
}

/** What the clock of a place shows at an instant, in milliseconds. */
export const wallOf = (instant: number, place: Place): Wall => {
  const [date = "", time = ""] = formatOf(place).format(instant).split(" ")
  return { date: date as DateOnly, time }
}

/** The number of the day that it is in a place: the one before, until that has ended. */
export const todayOf = (now: number, place: Place): number =>
  dayNumber(wallOf(now - minutesOf(place.dayEndsAt) * 60_000, place).date)

/** Where an account is. */
export const placeOfAccount = ({ dayEndsAt, timeZone }: AccountSettings): Place => ({ dayEndsAt, timeZone })

/** Where the account is, for whom the service says what is late; where it does not say, where this machine is. */
export const placeHere = Effect.gen(function*() {
  const { settings } = yield* ApiClient
  const answer = Option.getOrUndefined(yield* Effect.option(settings.get({ headers: {} })))
  return answer === undefined ? thisMachine : placeOfAccount(answer.body)
})

/** Where the dates of tasks are read; the place is left alone where none has a date. */
export const placeFrom =
  <E, R>(place: Effect.Effect<Place, E, R>) =>
  (tasks: ReadonlyArray<Pick<Task, "due" | "start">>): Effect.Effect<Place, E, R> =>
    tasks.every(({ due, start }) => due === null && start === null) ? Effect.succeed(thisMachine) : place

/** Where the account is; nobody is asked where no task has a date. */
export const placeFor = placeFrom(placeHere)
