import type { Task } from "@todo/domain/tasks/Task"
import { wallOfDue } from "./DueWords.ts"
import type { Place } from "./Place.ts"

/** Behind all dates, and all times of a day. */
const last = "~"

/** What tells when a task is due, and how much it matters; less is sooner, or more. */
const keyOf = ({ due, dueAt, priority }: Task, place: Place): string => {
  const { date, time = last } = due === null ? { date: last } : wallOfDue(due, dueAt, place)
  return `${date} ${time} ${priority ?? last}`
}

/**
 * The tasks in the order in which they are to be done: what is due first, then what matters more; of others the newest. One
 * that stands above others is as urgent as the most urgent of them.
 */
export const inDueOrder = (tasks: ReadonlyArray<Task>, place: Place): ReadonlyArray<Task> => {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const keys = new Map(tasks.map((task) => [task.id, keyOf(task, place)]))
  for (const task of tasks) {
    const key = keys.get(task.id)!
    const passed = new Set([task.id])
    for (let above = task.parentId; above !== null && !passed.has(above); above = byId.get(above)?.parentId ?? null) {
      passed.add(above)
      const own = keys.get(above)
      if (own !== undefined && key < own) keys.set(above, key)
    }
  }
  return tasks.toSorted((one, other) => {
    const [a, b] = [keys.get(one.id)!, keys.get(other.id)!]
    return a < b ? -1 : a > b ? 1 : other.number - one.number
  })
}
