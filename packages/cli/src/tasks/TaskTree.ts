import type { Task } from "@todo/domain/tasks/Task"

/** A task of a list, and below how many of the same list it is. */
export interface Leveled<T> {
  readonly task: T
  readonly level: number
}

const byPlace = (one: Task, other: Task) =>
  one.position < other.position ? -1 : one.position > other.position ? 1 : one.number - other.number

/**
 * The tasks of a list as trees: below each what is below it, in its place there. What is below none of the list is as it
 * comes.
 */
export const treesOf = <T extends Task>(tasks: ReadonlyArray<T>): ReadonlyArray<Leveled<T>> => {
  const ids = new Set(tasks.map(({ id }) => id))
  const below = new Map<string, Array<T>>()
  const tops: Array<T> = []
  for (const task of tasks) {
    const { parentId } = task
    if (parentId === null || !ids.has(parentId)) tops.push(task)
    else below.set(parentId, [...below.get(parentId) ?? [], task])
  }
  const from = (task: T, level: number): ReadonlyArray<Leveled<T>> => [
    { task, level },
    ...(below.get(task.id) ?? []).toSorted(byPlace).flatMap((child) => from(child, level + 1))
  ]
  return tops.flatMap((task) => from(task, 0))
}
