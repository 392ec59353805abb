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

/** Writes what `task import` reads: an array of tasks. */
export const writeTaskwarrior = ({ comments, projects, tasks }: Exported, { timeZone }: Here) =>
  Effect.sync(() => {
    const paths = pathsOf(projects)
    const uuids = new Map(tasks.map((task) => [task.id, uuidOf(task)]))
    const left = { "repetitions, which stand in todo_repeat": 0 }
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
    const lines = tasks.map((task) => {
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
      if (repeat !== null && recur === undefined) left["repetitions, which stand in todo_repeat"]++
      const annotations = [
        ...description === null || description === "" ? [] : [{ entry: stamp(createdAt), description }],
        ...saidOf.get(task.id) ?? []
      ]
      const kept = Object.entries(extra).filter(([name]) => !ownNames.has(name))
      return JSON.stringify({
        uuid: uuids.get(task.id),
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
      })
    })
    return {
      text: lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`,
      notes: Object.entries(left).flatMap(([what, many]) =>
        many === 0 ? [] : [`Taskwarrior has no room for ${what} (${many})`]
      )
    }
  })
