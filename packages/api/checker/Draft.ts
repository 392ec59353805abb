import type { Stored } from "./Task.ts"

/** What a write does to a task: the members that it overwrites, all where it takes the task away; null where it makes it. */
export interface Change {
  readonly id: string
  readonly was: Partial<Stored> | null
  readonly now: Stored | null
}

/** Tasks with what a write that is not over yet has done to them. */
export class Draft {
  readonly at: string
  readonly changes: Array<Change> = []
  made = 0
  readonly #tasks: ReadonlyMap<string, Stored>
  readonly #written = new Map<string, Stored | null>()

  constructor(tasks: ReadonlyMap<string, Stored>, at: string) {
    this.#tasks = tasks
    this.at = at
  }

  get(id: string): Stored | undefined {
    return this.#written.has(id) ? this.#written.get(id) ?? undefined : this.#tasks.get(id)
  }

  write(change: Change) {
    this.#written.set(change.id, change.now)
    this.changes.push(change)
  }

  /** Overwrites members, if any of them is another; answers the task as it is then. */
  patch(task: Stored, members: Partial<Stored>): Stored {
    const was = Object.fromEntries(
      Object.entries(task).filter(([name, value]) => name in members && members[name as keyof Stored] !== value)
    )
    if (Object.keys(was).length === 0) return task
    const now = { ...task, ...members, version: task.version + 1, updatedAt: this.at }
    this.write({ id: task.id, was, now })
    return now
  }
}
