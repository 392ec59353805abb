import type { Change, Draft } from "./Draft.ts"
import type { Stored } from "./Task.ts"

/** What cannot be undone, and why. */
export interface Obstacle {
  readonly noun: "task"
  readonly id: string
  readonly reason: "changed" | "gone" | "taken"
}

/** Members that move on with each change, and so are in nobody's way. */
const bookkeeping: ReadonlySet<string> = new Set(["version", "updatedAt"])

/** Undoes one change, where each member that it wrote still has the value that it wrote; or answers what is in the way. */
export const undoChange = (draft: Draft, { id, now, was }: Change): Obstacle | undefined => {
  const task = draft.get(id)
  if (now === null) {
    if (task !== undefined) return { noun: "task", id, reason: "taken" }
    const before = was as Stored
    draft.write({ id, was: null, now: { ...before, version: before.version + 1, updatedAt: draft.at } })
    return undefined
  }
  if (task === undefined) return { noun: "task", id, reason: "gone" }
  const written = Object.keys(was ?? task).filter((name) => !bookkeeping.has(name)) as ReadonlyArray<keyof Stored>
  if (written.some((name) => task[name] !== now[name])) return { noun: "task", id, reason: "changed" }
  if (was === null) {
    draft.write({ id, was: task, now: null })
    return undefined
  }
  draft.write({
    id,
    was: Object.fromEntries(written.map((name) => [name, task[name]])),
    now: { ...task, ...was, version: task.version + 1, updatedAt: draft.at }
  })
  return undefined
}
