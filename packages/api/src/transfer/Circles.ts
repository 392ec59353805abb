import type { ImportedTask } from "@todo/domain/transfer/Document"

/** How much of what a task waits for is left out so that nothing waits for itself. */
export type Loosened = "circles" | "all"

/** What a task is refused for again and again until it is not, or nothing is left to be left out. */
export const looser = (now: Loosened | undefined): Loosened | undefined =>
  now === undefined ? "circles" : now === "circles" ? "all" : undefined

/**
 * Which of its blockers are left out of a task: of a document those that wait for it, or for something above it, by way of
 * others or of what is below them. `loosened` says of which tasks some are, by their ids.
 */
export const leftOut = (
  document: ReadonlyArray<ImportedTask>,
  loosened: ReadonlyMap<string, Loosened>
): ReadonlyMap<string, ReadonlySet<string>> => {
  const left = new Map<string, ReadonlySet<string>>()
  if (loosened.size === 0) return left
  const byId = new Map<string, ImportedTask>(document.map((task) => [task.id, task]))
  const below = new Map<string, Array<string>>()
  for (const { id, parentId } of document) {
    if (parentId != null) below.set(parentId, [...below.get(parentId) ?? [], id])
  }
  const after = (id: string) => [
    ...(byId.get(id)?.blockedBy ?? []).filter((blocker) => left.get(id)?.has(blocker) !== true),
    ...below.get(id) ?? []
  ]
  const reaches = (from: string, targets: ReadonlySet<string>) => {
    const passed = new Set([from])
    for (const id of passed) {
      if (targets.has(id)) return true
      for (const next of after(id)) passed.add(next)
    }
    return false
  }
  for (const [id, how] of loosened) {
    const task = byId.get(id)
    const blockers = task?.blockedBy ?? []
    const itself = new Set([id, ...task?.parentId == null ? [] : [task.parentId]])
    left.set(id, new Set(how === "all" ? blockers : blockers.filter((blocker) => reaches(blocker, itself))))
  }
  return left
}
