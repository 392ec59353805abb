import { Effect, Record, Stream } from "effect"
import { Csv } from "effect/encoding"
import type { Exported } from "../Document.ts"
import { pathsOf } from "./Paths.ts"

const columns = [
  "number",
  "title",
  "description",
  "project",
  "parent",
  "priority",
  "tags",
  "start",
  "due",
  "repeat",
  "completed",
  "created",
  "waits_for",
  "comments",
  "external_id",
  "extra",
  "id"
] as const

type Due = Exported["tasks"][number]["due"]

const textOf = (due: Due) => {
  if (due === null) return ""
  return "time" in due ? [due.date, due.time, ...due.timeZone === null ? [] : [due.timeZone]].join(" ") : due.date
}

/**
 * A cell that no spreadsheet takes for a formula, as OWASP says: titles come from anybody. Full-width signs are the plain ones
 * to some of them.
 */
const inert = (cell: string): string => /^[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? `'${cell}` : cell

/** Writes tasks as a table (RFC 4180), a row each. */
export const writeCsv = ({ comments, projects, tasks }: Exported) => {
  const paths = pathsOf(projects)
  const numbers = new Map(tasks.map(({ id, number }) => [id, String(number)]))
  const saidOf = new Map<string, Array<string>>()
  for (const { taskId, text } of comments) saidOf.set(taskId, [...saidOf.get(taskId) ?? [], text])
  const rows = tasks.toSorted((one, other) => one.number - other.number).map((task) => ({
    number: String(task.number),
    title: task.title,
    description: task.description ?? "",
    project: (task.projectId === null ? [] : paths.get(task.projectId) ?? []).join("/"),
    parent: task.parentId === null ? "" : numbers.get(task.parentId) ?? "",
    priority: task.priority ?? "",
    tags: task.tags.join(", "),
    start: textOf(task.start),
    due: textOf(task.due),
    repeat: task.repeat === null ? "" : task.repeat.rule,
    completed: task.completedAt ?? "",
    created: task.createdAt,
    waits_for: task.blockedBy.flatMap((id) => numbers.get(id) ?? []).join(", "),
    comments: (saidOf.get(task.id) ?? []).join("\n\n"),
    external_id: task.externalId ?? "",
    extra: Object.keys(task.extra).length === 0 ? "" : JSON.stringify(task.extra),
    id: task.id
  })).map((row) => Record.map(row, inert))
  return Stream.fromIterable(rows).pipe(
    Stream.pipeThroughChannel(Csv.encodeString({ columns, headers: true })),
    Stream.runCollect,
    Effect.map((texts) => ({ text: [...texts].join(""), notes: [] as ReadonlyArray<string> }))
  )
}
