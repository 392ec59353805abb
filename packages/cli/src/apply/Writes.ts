import type { BatchOperation } from "@todo/domain/batch/Batch"
import type { NewTask, TaskPatch } from "@todo/domain/tasks/Task"
import type { Patch } from "./Difference.ts"
import type { Plan, PlannedTask } from "./Plan.ts"

/** A write of a batch, and of what it is. */
export interface Write {
  readonly operation: BatchOperation
  /** The task; undefined of a project. */
  readonly task: PlannedTask | undefined
}

/** What a creation says: as a patch of nothing, but for what is null. */
const creation = ({ id, externalId, patch }: PlannedTask, blockedBy: Patch["blockedBy"]): NewTask =>
  Object.fromEntries(
    Object.entries({ id, externalId, ...patch, blockedBy }).filter(([, value]) => value !== null && value !== undefined)
  ) as never

/** Whether a write may change the version of a task above it or below it, too. */
const reachesOthers = ({ action, completed, patch }: PlannedTask): boolean =>
  action === "restore" || action === "create" || completed === false ||
  patch.parentId !== undefined || patch.projectId !== undefined

/** Those that the file says are done, and that are open again by what comes or is opened below them. */
const openedAgain = (tasks: ReadonlyArray<PlannedTask>): ReadonlyArray<PlannedTask> => {
  const byId = new Map<string, PlannedTask>(tasks.map((task) => [task.id, task]))
  const opened = new Set<PlannedTask>()
  for (const task of tasks) {
    if (task.action === "unchanged" || task.action === "remove" || task.action === "keep" || !reachesOthers(task)) {
      continue
    }
    for (
      let above = task.parentId === null ? undefined : byId.get(task.parentId);
      above !== undefined && !opened.has(above);
      above = above.parentId === null ? undefined : byId.get(above.parentId)
    ) opened.add(above)
  }
  return [...opened].filter(({ completed, current, isSaidDone }) =>
    isSaidDone && completed === undefined && current !== undefined
  )
}

/** The links that a task has and is not to have: taken away first, so that no circle is closed on the way. */
const looseEnds = (task: PlannedTask): Patch | undefined => {
  const { current, patch } = task
  if (current === undefined) return undefined
  const kept = patch.blockedBy === undefined
    ? current.blockedBy
    : current.blockedBy.filter((id) => patch.blockedBy!.includes(id))
  const moves = (patch.parentId !== undefined || patch.projectId !== undefined) && current.parentId !== null
  const loose = {
    ...kept.length < current.blockedBy.length && { blockedBy: kept },
    ...moves && { parentId: null }
  }
  return Object.keys(loose).length > 0 ? loose : undefined
}

/**
 * The writes of a plan, in an order in which each can be done: what others refer to is there before them. Each task that
 * there is has to be at the version that the plan was made of.
 */
export const writesOf = ({ along, back, projects, tasks }: Plan): ReadonlyArray<Write> => {
  const write = (operation: BatchOperation, task?: PlannedTask): Write => ({ operation, task })
  const of = (action: PlannedTask["action"]) => tasks.filter((task) => task.action === action)
  const [created, changed, restored, removed] = [of("create"), of("change"), of("restore"), of("remove")]
  const updated = [...changed, ...restored]
  const hasLinks = ({ patch }: PlannedTask) => patch.blockedBy !== undefined || patch.parentId !== undefined
  const loosened = [...created, ...updated].filter(hasLinks).length > 1
    ? updated.flatMap((task) => {
      const loose = looseEnds(task)
      return loose === undefined ? [] : [[task, loose] as const]
    })
    : []
  // What changes one may move others on, and then their versions are looked at before anything is done.
  const isAhead = loosened.length > 0 || [...created, ...updated].some(reachesOthers)
  const update = (task: PlannedTask, body: Patch | { readonly completed: boolean }, version?: number) =>
    write({ op: "task.update", id: task.id, ...version !== undefined && { version }, body: body as TaskPatch }, task)

  const loosenedOf = (action: PlannedTask["action"]) =>
    loosened.filter(([task]) => task.action === action).map(([task, loose]) => update(task, loose))
  const guards = isAhead
    ? [...changed, ...removed].map((task) => update(task, {}, task.current!.version))
    : []
  const made = projects.map(({ id, name, parentId }) =>
    write({ op: "project.create", body: { id, name, ...parentId !== null && { parentId } } as never })
  )
  const restores = restored.map((task) =>
    write({ op: "task.restore", id: task.id, ...!along.has(task.id) && { version: task.current!.version } }, task)
  )
  const there = new Set<string>(created.map(({ id }) => id))
  const late: Array<PlannedTask> = []
  const creates = created.map((task) => {
    there.delete(task.id)
    const { blockedBy } = task.patch
    // What it waits for may come later.
    const known = blockedBy?.filter((id) => !there.has(id) && id !== task.id)
    if (known !== undefined && known.length < blockedBy!.length) late.push(task)
    return write({ op: "task.create", body: creation(task, known) }, task)
  })
  const updates = updated.flatMap((task) => {
    const { completed, patch } = task
    const body = { ...patch, ...completed === false && { completed } }
    const guarded = isAhead || task.action === "restore"
    // Done alone it is a write of its own, below, which then has the version.
    return Object.keys(body).length === 0 ? [] : [update(task, body, guarded ? undefined : task.current!.version)]
  })
  const waits = late.map((task) => update(task, { blockedBy: task.patch.blockedBy! }))
  const done = [...tasks.filter(({ completed }) => completed === true), ...openedAgain(tasks)].map((task) => {
    const isFirst = !isAhead && task.action === "change" && Object.keys(task.patch).length === 0
    return write({
      op: "task.complete",
      id: task.id,
      ...isFirst && { version: task.current!.version },
      // The file says of each by itself whether it is done.
      body: { children: "keep", force: true }
    }, task)
  })
  const removes = removed.map((task) =>
    write({ op: "task.remove", id: task.id, ...!isAhead && { version: task.current!.version } }, task)
  )
  // Whether it has come back is for the service to know: to restore what is no longer in the trash changes nothing.
  const returned = back.flatMap(({ id }) => [write({ op: "task.restore", id }), write({ op: "task.remove", id })])
  return [
    ...guards,
    ...made,
    ...loosenedOf("change"),
    ...restores,
    ...loosenedOf("restore"),
    ...creates,
    ...updates,
    ...waits,
    ...done,
    ...removes,
    ...returned
  ]
}
