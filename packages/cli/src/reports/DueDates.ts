import { civil, dateOf, dayOf } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Task } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"
import { wallOfDue } from "../tasks/DueWords.ts"
import { type Place, todayOf } from "../tasks/Place.ts"

/** Tasks by the days on which they are due, in a place; the first day first. */
export const byDueDate = (tasks: ReadonlyArray<Task>, place: Place): ReadonlyMap<DateOnly, ReadonlyArray<Task>> => {
  const days = new Map<DateOnly, ReadonlyArray<Task>>()
  for (const task of tasks) {
    const { due, dueAt } = task
    if (due === null) continue
    const date = dueAt === null
      ? wallOfDue(due, dueAt, place).date
      : dateOf(todayOf(DateTime.toEpochMillis(dueAt), place))
    days.set(date, [...days.get(date) ?? [], task])
  }
  return new Map([...days].toSorted(([one], [other]) => one < other ? -1 : 1))
}

/** The last day of so many months, of which that of a day is the first. */
export const lastDateOf = (day: number, months: number): DateOnly => {
  const { month, year } = civil(day)
  return dateOf(dayOf(year, month + months, 1) - 1)
}
