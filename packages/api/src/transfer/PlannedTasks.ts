import type { ImportedTask } from "@todo/domain/transfer/Document"
import { inOrderOfMaking } from "@todo/domain/transfer/TaskWalk"
import { Result } from "effect"
import { instantText } from "../database/InstantText.ts"
import type { Row } from "../database/Table.ts"
import { bodyOf, type Schedule, scheduleOf, unscheduled } from "../tasks/Schedule.ts"
import { tasks } from "../tasks/table.ts"
import { idTaken, inPlaces, type Moment, notThere, pastOf } from "./Compared.ts"
import type { Known } from "./Existing.ts"
import { importedSchedule } from "./ImportedDates.ts"
import type { Place, Planning } from "./Planning.ts"
import { differingMembers, patchOfExtra, plainMembers, type Referred } from "./TaskMembers.ts"

/** What tasks are planned from, beside the document. */
export interface AroundTasks {
  readonly known: Known
  /** By what scripts call them. */
  readonly external: ReadonlyMap<string, Row>
  readonly projectOf: (id: string) => string | undefined
  /** Where new tasks go. */
  readonly newFirst: boolean
  readonly now: Moment
  /** What is left out of what tasks wait for, so that none waits for itself. */
  readonly leftOut: ReadonlyMap<string, ReadonlySet<string>>
}

const isTrashed = (row: Row) => (row["trashed_at"] ?? null) !== null

/** When a task is done by the document: null where it is open, undefined where it does not say. */
const doneAtOf = ({ completed, completedAt }: ImportedTask, now: Moment): string | null | undefined => {
  if (completedAt !== undefined && completedAt !== null) return pastOf(completedAt, now) ?? instantText(now)
  if (completed === true) return instantText(now)
  return completed === undefined && completedAt === undefined ? undefined : null
}

/** Those that are made, list by list. */
type Lists = Map<string, Array<ImportedTask>>

/**
 * Plans the tasks of a document: a task is known by its id, or else by what scripts call it. Answers what calls a task of the
 * document, or one that is here, by its id here.
 */
export const planTasks = (
  planning: Planning,
  document: ReadonlyArray<ImportedTask>,
  { external, known: { idOf, rows }, leftOut, newFirst, now, projectOf }: AroundTasks
): (id: string) => string | undefined => {
  const indexes = new Map(document.map((task, index) => [task, index]))
  const inDocument = new Set<string>(document.map(({ id }) => id))
  /** Of the document, those that are here or are made, by their ids there. */
  const here = new Map<string, string>()
  const claimed = new Set<string>()
  const lists: Lists = new Map()
  /** What waits for those that come behind it. */
  const waiting: Array<() => void> = []

  const taskOf = (id: string): string | undefined => {
    if (inDocument.has(id)) return here.get(id)
    const row = rows.get(id)
    return row === undefined || isTrashed(row) ? undefined : id
  }

  const placeOf = (task: ImportedTask): Place => ({ noun: "task", index: indexes.get(task)!, id: task.id })

  /** What it waits for, and what of that is left out, as the plan tells it. One that is waited for already may be gone. */
  const blockersOf = ({ blockedBy, id }: ImportedTask, row: Row | undefined) => {
    const waitedFor = new Set((row?.["blocked_by"] ?? []) as ReadonlyArray<string>)
    const found: Array<string> = []
    const missing: Array<string> = []
    const circular: Array<string> = []
    for (const other of blockedBy ?? []) {
      const blocker = taskOf(other) ?? (waitedFor.has(other) ? other : undefined)
      if (blocker === undefined) missing.push(other)
      else if (leftOut.get(id)?.has(other) === true) circular.push(other)
      else if (!found.includes(blocker)) found.push(blocker)
    }
    return { found, told: { ...missing.length > 0 && { missing }, ...circular.length > 0 && { circular } } }
  }

  const create = (task: ImportedTask, id: string, referred: Omit<Referred, "blockedBy">, schedule: Schedule) => {
    const place = placeOf(task)
    const as = { ...id !== task.id && { as: id } }
    const waits = (task.blockedBy ?? []).some((blocker) => inDocument.has(blocker) && !here.has(blocker))
    const { found, told } = blockersOf(task, undefined)
    const { parentId, projectId } = referred
    const [doneAt, createdAt] = [doneAtOf(task, now), pastOf(task.createdAt, now)]
    planning.create(place, { ...as, ...told })
    planning.item(place, {
      op: "task.create",
      id,
      imported: true,
      body: {
        ...tasks.given({
          ...plainMembers(task),
          ...parentId !== undefined && { parentId },
          ...projectId !== undefined && { projectId },
          ...!waits && found.length > 0 && { blockedBy: found }
        }),
        ...schedule.due !== null || schedule.start !== null ? bodyOf(schedule) : {}
      },
      ...typeof doneAt === "string" && { setAt: doneAt },
      ...createdAt !== undefined && { createdAt }
    })
    if (waits) {
      waiting.push(() => {
        const { found, told } = blockersOf(task, undefined)
        planning.create(place, { ...as, ...told })
        if (found.length > 0) planning.item(place, { op: "task.update", id, body: { blockedBy: found } })
      })
    }
    const list = parentId ?? projectId ?? ""
    const made = lists.get(list)
    if (made === undefined) lists.set(list, [task])
    else made.push(task)
  }

  const update = (
    task: ImportedTask,
    row: Row,
    referred: Omit<Referred, "blockedBy">,
    dates: { readonly was: Schedule; readonly is: Schedule }
  ) => {
    const place = placeOf(task)
    // Before what is below it, which comes back with it, and so is at another version then.
    if (isTrashed(row) && planning.overwrites) planning.item(place, { op: "task.restore", id: row.id })
    // What it waits for may come behind it.
    waiting.push(() => {
      const { found, told } = blockersOf(task, row)
      const doneAt = doneAtOf(task, now)
      const blockedBy = task.blockedBy === undefined ? undefined : found
      const done = doneAt === undefined ? undefined : doneAt !== null
      const differs = differingMembers(task, { ...referred, blockedBy }, dates, done, row)
      const more = { ...row.id !== task.id && { as: row.id }, ...told }
      if (!planning.found(place, differs, more)) return
      planning.item(place, {
        op: "task.update",
        id: row.id,
        ...!isTrashed(row) && { versions: [row.version] },
        basis: dates.was,
        children: "keep",
        force: true,
        body: {
          ...tasks.given({
            ...plainMembers(task),
            extra: patchOfExtra(task.extra, row),
            ...referred.parentId !== undefined && { parentId: referred.parentId },
            ...referred.projectId !== undefined && { projectId: referred.projectId },
            blockedBy
          }),
          ...bodyOf(dates.is),
          completed: done
        },
        ...typeof doneAt === "string" && { setAt: doneAt }
      })
    })
  }

  const plan = (task: ImportedTask) => {
    const place = placeOf(task)
    if (planning.isRefused(place)) return
    const own = idOf(task.id)
    const row = (own === undefined ? undefined : rows.get(own)) ??
      (typeof task.externalId === "string" ? external.get(task.externalId) : undefined)
    const id = row?.id ?? own
    if (id === undefined || claimed.has(id)) return planning.problem(place, idTaken)
    const parentId = task.parentId === undefined || task.parentId === null ? task.parentId : taskOf(task.parentId)
    if (task.parentId !== undefined && parentId === undefined) {
      return planning.problem(place, notThere("task", ["parentId"]))
    }
    // What is below another is in its project.
    const said = typeof parentId === "string" ? undefined : task.projectId
    const projectId = said === undefined || said === null ? said : projectOf(said)
    if (said !== undefined && projectId === undefined) {
      return planning.problem(place, notThere("project", ["projectId"]))
    }
    const was = row === undefined ? unscheduled : scheduleOf(row)
    const is = importedSchedule(was, task)
    if (Result.isFailure(is)) {
      const { code, message, path } = is.failure
      return planning.problem(place, { reason: code, detail: message, path })
    }
    claimed.add(id)
    // One that stays in the trash is not here for others.
    if (row === undefined || !isTrashed(row) || planning.overwrites) here.set(task.id, id)
    if (row === undefined) create(task, id, { parentId, projectId }, is.success)
    else update(task, row, { parentId, projectId }, { was, is: is.success })
  }

  for (const task of inOrderOfMaking(document)) plan(task)
  for (const settle of waiting) settle()
  for (const made of lists.values()) {
    const wanted = inPlaces(made.toSorted((one, other) => indexes.get(one)! - indexes.get(other)!), () => 0)
    if (wanted.every((task, index) => task === made[index])) continue
    const ids = wanted.map(({ id }) => here.get(id)!)
    planning.item(placeOf(wanted[0]!), { op: "task.move", body: { ids, at: newFirst ? "first" : "last" } })
  }
  return taskOf
}
