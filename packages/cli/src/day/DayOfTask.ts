import { dayNumber } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import type { Task } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"
import { wallOfDue } from "../tasks/DueWords.ts"
import { type Place, todayOf } from "../tasks/Place.ts"

/** What has a time is on the day that has not ended by then. */
const dayOf = (date: Due, at: DateTime.Utc | null, place: Place): number =>
  at === null ? dayNumber(wallOfDue(date, at, place).date) : todayOf(DateTime.toEpochMillis(at), place)

/** The first day after today on which a task starts or is due. */
export const comingDayOf = ({ due, dueAt, start, startAt }: Task, today: number, place: Place): number | undefined => {
  const days = [
    ...start === null ? [] : [dayOf(start, startAt, place)],
    ...due === null ? [] : [dayOf(due, dueAt, place)]
  ].filter((day) => day > today)
  return days.length === 0 ? undefined : Math.min(...days)
}
