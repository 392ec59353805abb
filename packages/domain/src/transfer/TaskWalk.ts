/** As much of a task as its place among others depends on. */
interface Linked {
  readonly id: string
  readonly number?: number | undefined
  readonly parentId?: string | null | undefined
  readonly blockedBy?: ReadonlyArray<string> | null | undefined
}

type Seen = "open" | "done"

interface Visit<Task> {
  readonly task: Task
  readonly before: Iterator<Task>
}

/**
 * The tasks of a document in the order in which they are made: that of their numbers, but each behind its parent and, as
 * far as that goes, behind those that it waits for. A task that is above itself comes where it was met.
 */
export const inOrderOfMaking = function*<Task extends Linked>(document: ReadonlyArray<Task>): Generator<Task> {
  const byId = new Map<string, Task>(document.map((task) => [task.id, task]))
  const linksOf = ({ blockedBy, parentId }: Task) => ({
    parent: parentId === undefined || parentId === null ? undefined : byId.get(parentId),
    blockers: (blockedBy ?? []).flatMap((id) => byId.get(id) ?? [])
  })
  const seen = new Map<Task, Seen>()
  /** Whether something above it is yet to come, in this visit: it cannot be made before that. */
  const waitsForAbove = (task: Task) => {
    const passed = new Set<Task>()
    for (let { parent } = linksOf(task); parent !== undefined && !passed.has(parent); { parent } = linksOf(parent)) {
      if (seen.get(parent) === "open") return true
      passed.add(parent)
    }
    return false
  }
  const before = function*(task: Task) {
    const { blockers, parent } = linksOf(task)
    if (parent !== undefined && !seen.has(parent)) yield parent
    for (const blocker of blockers) if (!seen.has(blocker) && !waitsForAbove(blocker)) yield blocker
  }
  const enter = (task: Task): Visit<Task> => {
    seen.set(task, "open")
    return { task, before: before(task) }
  }
  const ordered = document
    .map((task, index) => [task, task.number ?? Infinity, index] as const)
    .toSorted((one, other) => one[1] === other[1] ? one[2] - other[2] : one[1] - other[1])
  for (const [task] of ordered) {
    if (seen.has(task)) continue
    const path = [enter(task)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.before.next()
      if (next.done === true) {
        path.pop()
        seen.set(visit.task, "done")
        yield visit.task
      } else {
        path.push(enter(next.value))
      }
    }
  }
}
