import { Effect, Result } from "effect"
import { type Failure, usage } from "../../failures/Failure.ts"
import type { ReadFile } from "../Document.ts"
import { ForeignDocument, type Here, idOf } from "./Foreign.ts"
import type { Recurring } from "./Recurrence.ts"
import { readNames } from "./TaskwarriorNames.ts"
import type { TaskOut } from "./TaskwarriorOut.ts"
import { taskwarriorRecurrence } from "./TaskwarriorRecur.ts"
import { dueOfWall, wallAt } from "./Zone.ts"

const source = "taskwarrior"

type Fields = Readonly<Record<string, unknown>>

const parse = (text: string, line: number): Result.Result<unknown, Failure> =>
  Result.try({
    try: (): unknown => JSON.parse(text),
    catch: (cause) => usage(`line ${line}: it is no JSON: ${(cause as Error).message}`)
  })

/** The tasks of an export: an array, or one on a line, with a comma behind it or without. */
export const tasksOfExport = (text: string): Result.Result<ReadonlyArray<Fields>, Failure> =>
  Result.gen(function*() {
    if (text.trimStart().startsWith("[")) {
      const tasks = yield* parse(text, 1)
      return (tasks as ReadonlyArray<unknown>).map((task) => Object(task) as Fields)
    }
    const tasks: Array<Fields> = []
    for (const [index, line] of text.split("\n").entries()) {
      const trimmed = line.trim().replace(/,$/u, "")
      if (trimmed !== "") tasks.push(Object(yield* parse(trimmed, index + 1)) as Fields)
    }
    return tasks
  })

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : value === undefined || value === null ? undefined : JSON.stringify(value)

/** An instant: `20261126T120000Z`, or as ISO 8601 writes it. */
const instantOf = (value: unknown): number | undefined => {
  const text = textOf(value) ?? ""
  const [, year, month, day, hour, minute, second] = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z$/u.exec(text) ??
    []
  const instant = year === undefined ? NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(instant) ? undefined : instant
}
const isoOf = (value: unknown) => {
  const instant = instantOf(value)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

const listOf = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value)
    ? value.flatMap((one) => textOf(one) ?? [])
    : typeof value === "string"
    ? value.split(",").map((one) => one.trim()).filter((one) => one !== "")
    : []

const priorities: Readonly<Record<string, string>> = { H: "p1", M: "p2", L: "p3" }

const uuidOf = (task: Fields) => textOf(task["uuid"])?.toLowerCase()

const textsOf = (values: ReadonlyArray<unknown>) => values.map((value) => JSON.stringify(value))

/** Whether two values of a member are one, in whatever order a list is. */
const isSameValue = (one: unknown, other: unknown) =>
  Array.isArray(one) && Array.isArray(other)
    ? JSON.stringify(textsOf(one).toSorted()) === JSON.stringify(textsOf(other).toSorted())
    : JSON.stringify(one) === JSON.stringify(other)

/**
 * Reads what `task export` has written, or what the account has written for Taskwarrior: of a task of its own, in `own`, what
 * is as it was written is not said again.
 */
export const readTaskwarrior = (
  text: string,
  { timeZone }: Here,
  own: ReadonlyMap<string, TaskOut> = new Map()
): Effect.Effect<ReadFile, Failure> =>
  Effect.gen(function*() {
    const taskId = (uuid: string) => own.get(uuid)?.task.id ?? idOf(source, "task", uuid)
    const all = yield* Effect.fromResult(tasksOfExport(text))
    const document = new ForeignDocument(source)
    const templates = new Map(all.filter(({ status }) => status === "recurring").map((task) => [uuidOf(task), task]))
    const instances = all.filter((task) => templates.has(textOf(task["parent"])?.toLowerCase()))
    const deleted = all.filter(({ status }) => status === "deleted")
    const left = new Set<Fields>([...instances, ...deleted])
    /** Of what repeats, the template, by its instances. */
    const templateOf = new Map(instances.map((task) => [uuidOf(task), textOf(task["parent"])!.toLowerCase()]))
    if (deleted.length > 0) document.note(`${deleted.length} deleted tasks are left out`)
    const done = instances.filter(({ status }) => status === "completed").length
    if (instances.length > 0) {
      document.note(
        `${instances.length} instances of what repeats (${done} of them done) are left out: the task itself repeats`
      )
    }
    const dateOf = (value: unknown) => {
      const instant = instantOf(value)
      return instant === undefined ? undefined : dueOfWall(wallAt(instant, timeZone), timeZone)
    }
    for (const [index, task] of all.entries()) {
      if (left.has(task)) continue
      const uuid = uuidOf(task)
      const title = textOf(task["description"])?.trim() ?? ""
      if (uuid === undefined || title === "") {
        return yield* usage(`task ${index + 1}: it has no ${uuid === undefined ? "uuid" : "description"}`)
      }
      const known = own.get(uuid)
      const isSame = (...names: ReadonlyArray<string>) =>
        known !== undefined && names.every((name) => isSameValue(task[name], known.fields[name]))
      // The template keeps its first date: the one that it is now is that of its first instance that is open.
      const next = instances
        .filter((one) =>
          templateOf.get(uuidOf(one)) === uuid && (one["status"] === "pending" || one["status"] === "waiting")
        )
        .map(({ due }) => due).filter((due) => instantOf(due) !== undefined)
        .toSorted((one, other) => instantOf(one)! - instantOf(other)!)[0]
      const due = dateOf(next ?? task["due"])
      const recur = textOf(task["recur"])
      const repeat: Recurring | undefined = recur === undefined || due === undefined
        ? undefined
        : taskwarriorRecurrence(recur, due.date)
      if (recur !== undefined && repeat === undefined && !isSame("recur")) {
        document.note(`${title}: recur:${recur} is kept in extra, and nothing repeats`)
      }
      const start = dateOf(task["wait"]) ?? dateOf(task["scheduled"])
      const priority = textOf(task["priority"])
      const others = Object.fromEntries(
        Object.entries(task).flatMap(([name, value]) => {
          const kept = !isSame(name) && (!readNames.has(name) ||
            (name === "priority" && priority !== undefined && priority !== "" && priorities[priority] === undefined) ||
            (name === "recur" && repeat === undefined) ||
            (name === "scheduled" && dateOf(task["wait"]) !== undefined) ||
            ((name === "due" || name === "wait" || name === "scheduled") && instantOf(value) === undefined))
          const text = textOf(value)
          return kept && text !== undefined && text !== "" ? [[name, text] as const] : []
        })
      )
      const isDone = task["status"] === "completed"
      const createdAt = isoOf(task["entry"])
      document.task({
        id: taskId(uuid),
        ...known === undefined && { externalId: `${source}:${uuid}` },
        title: isSame("description") ? known!.task.title : title,
        extra: known === undefined || Object.keys(others).length === 0 ? others : { ...known.task.extra, ...others },
        ...!isSame("project") && { projectId: document.project((textOf(task["project"]) ?? "").split(".")) },
        ...!isSame("tags") && { tags: document.tags(listOf(task["tags"]), title) },
        ...!isSame("priority") && priority !== undefined && priorities[priority] !== undefined &&
          { priority: priorities[priority] },
        ...due !== undefined && !(next === undefined && isSame("due")) && { due },
        ...start !== undefined && !isSame("wait", "scheduled") && { start },
        ...repeat !== undefined && !isSame("recur") && { repeat },
        ...!isSame("depends") && {
          blockedBy: [
            ...new Set(
              listOf(task["depends"]).map((uuid) => {
                const named = uuid.toLowerCase()
                return taskId(templateOf.get(named) ?? named)
              })
            )
          ].slice(0, 100)
        },
        ...createdAt !== undefined && { createdAt },
        ...!isSame("status", "end") && {
          completed: isDone,
          ...isDone && isoOf(task["end"]) !== undefined && { completedAt: isoOf(task["end"]) }
        }
      })
      const annotations = Array.isArray(task["annotations"]) ? task["annotations"] : []
      const written = new Set(textsOf((known?.fields["annotations"] ?? []) as ReadonlyArray<unknown>))
      for (const [nth, annotation] of annotations.entries()) {
        if (written.has(JSON.stringify(annotation))) continue
        const { description, entry } = Object(annotation) as Fields
        document.comment({
          id: idOf(source, "comment", `${uuid} ${nth} ${textOf(entry)} ${textOf(description)}`),
          taskId: taskId(uuid),
          text: textOf(description) ?? "",
          createdAt: isoOf(entry)
        })
      }
    }
    return document.read
  })
