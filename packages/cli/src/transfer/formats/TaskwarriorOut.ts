import { Effect } from "effect"
import type { Exported } from "../Document.ts"
import type { Here } from "./Foreign.ts"
import { pathsOf } from "./Paths.ts"
import { ownNames } from "./TaskwarriorNames.ts"
import { recurOf } from "./TaskwarriorRecur.ts"
import { instantOfWall } from "./Zone.ts"

type Task = Exported["tasks"][number]
type Due = NonNullable<Task["due"]>

const stamp = (instant: number | string) => new Date(instant).toISOString().replaceAll(/[-:]|\.\d+/gu, "")

const priorities: Readonly<Record<string, string>> = { p1: "H", p2: "M", p3: "L" }
const uuidOf = ({ externalId, id }: Task) => /^taskwarrior:([0-9a-f-]{36})$/u.exec(externalId ?? "")?.[1] ?? id
const oneWord = (text: string) => text.trim().replaceAll(/\s+/gu, "_")

/** A task, and what of it Taskwarrior reads. */
export interface TaskOut {
  readonly task: Task
  readonly fields: Readonly<Record<string, unknown>>
}

/** Tasks as Taskwarrior reads them, by their UUIDs there. */
export const tasksOut = (
  { comments, projects, tasks }: Exported,
  { timeZone }: Here
): ReadonlyMap<string, TaskOut> => {
  const paths = pathsOf(projects)
  const uuids = new Map(tasks.map((task) => [task.id, uuidOf(task)]))
  const dateOf = (due: Due) => {
    const [time, zone] = "time" in due ? [due.time, due.timeZone ?? timeZone] : ["00:00", timeZone]
    return stamp(instantOfWall(Date.parse(`${due.date}T${time}:00Z`), zone))
  }
  const saidOf = new Map<string, Array<object>>()
  for (const { createdAt, taskId, text } of comments) {
    const said = saidOf.get(taskId) ?? []
    saidOf.set(taskId, said)
    said.push({ entry: stamp(createdAt), description: text })
  }
  return new Map(tasks.map((task) => {
    const {
      blockedBy,
      completedAt,
      createdAt,
      description,
      due,
      extra,
      parentId,
      priority,
      projectId,
      repeat,
      start,
      tags,
      title
    } = task
    const path = projectId === null ? undefined : paths.get(projectId)
    const recur = repeat === null || completedAt !== null ? undefined : recurOf(repeat.rule)
    const annotations = [
      ...description === null || description === "" ? [] : [{ entry: stamp(createdAt), description }],
      ...saidOf.get(task.id) ?? []
    ]
    const kept = Object.entries(extra).filter(([name]) => !ownNames.has(name))
    const uuid = uuids.get(task.id)!
    const fields = {
      uuid,
      description: title,
      status: completedAt !== null ? "completed" : recur === undefined ? "pending" : "recurring",
      entry: stamp(createdAt),
      ...completedAt !== null && { end: stamp(completedAt) },
      ...due !== null && { due: dateOf(due) },
      ...start !== null && { wait: dateOf(start) },
      ...priority !== null && { priority: priorities[priority] },
      ...path !== undefined && { project: path.map(oneWord).join(".") },
      ...tags.length > 0 && { tags: tags.map(oneWord) },
      ...blockedBy.length > 0 && { depends: blockedBy.map((id) => uuids.get(id) ?? id) },
      ...recur !== undefined && { recur, rtype: "periodic" },
      ...repeat !== null && recur === undefined && { todo_repeat: repeat.rule },
      ...parentId !== null && { todo_parent: uuids.get(parentId) ?? parentId },
      ...annotations.length > 0 && { annotations },
      ...Object.fromEntries(kept)
    }
    return [uuid, { task, fields }] as const
  }))
}

/** Writes what `task import` reads: an array of tasks. */
export const writeTaskwarrior = (exported: Exported, here: Here) =>
  Effect.sync(() => {
    const out = [...tasksOut(exported, here).values()]
    const lines = out.map(({ fields }) => JSON.stringify(fields))
    const unsaid = out.filter(({ fields }) => fields["todo_repeat"] !== undefined).length
    return {
      text: lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`,
      notes: unsaid === 0
        ? []
        : [`Taskwarrior has no room for repetitions, which stand in todo_repeat (${unsaid})`]
    }
  })
