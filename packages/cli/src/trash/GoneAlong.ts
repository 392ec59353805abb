import type { TaskId } from "@todo/domain/tasks/Task"
import type { TrashedTask } from "@todo/domain/trash/TrashedTask"

/** Keeps which tasks are gone, to tell of one whether it went with another that it was below, as the trash was before. */
export const goneAlong = (trash: ReadonlyArray<TrashedTask>) => {
  const parents = new Map(trash.map(({ id, parentId }) => [id, parentId]))
  const gone = new Set<TaskId>()
  return {
    note: (id: TaskId) => gone.add(id),
    has: ({ parentId }: TrashedTask): boolean => {
      for (let id = parentId; id !== null; id = parents.get(id) ?? null) if (gone.has(id)) return true
      return false
    }
  }
}
