import type { Operation, RecordedChange } from "@todo/domain/operations/Operation"
import { printable } from "../terminal/TerminalText.ts"

type Summary = Operation["changes"][number]

/** Which members a change wrote, and which of them it left without a value or what came of the thing. */
type Written = Pick<Summary, "noun" | "members" | "cleared"> | Pick<RecordedChange, "noun" | "members" | "value">

/** What a change was made to. */
type Named = Pick<Summary, "noun" | "id" | "number" | "title">

const words: Readonly<Record<string, string>> = {
  "task.create": "added",
  "task.remove": "deleted",
  "task.restore": "restored",
  "task.complete": "done",
  "task.skip": "skipped",
  "task.purge": "deleted for good",
  "trash.empty": "emptied the trash",
  "trash.expire": "deleted for good",
  batch: "changed",
  import: "imported",
  undo: "undid"
}

/** What is done with things of any noun. */
const wordsOfVerbs: Readonly<Record<string, string>> = {
  create: "added",
  update: "changed",
  remove: "deleted",
  move: "moved"
}

/** What it is called that the one member is written that says in what state a thing is. */
const wordsByState: Readonly<Record<string, { readonly set: string; readonly cleared: string }>> = {
  completedAt: { set: "done", cleared: "reopened" },
  trashedAt: { set: "deleted", cleared: "restored" },
  archivedAt: { set: "archived", cleared: "unarchived" }
}

const isCleared = (change: Written, member: string): boolean =>
  "value" in change
    ? (change.value as Readonly<Record<string, unknown>> | null)?.[member] == null
    : change.cleared.includes(member)

/** Of a task that repeats, and is at its next date. */
const advanced = "done or skipped"

/** What a change is called that made a task, or wrote a state and nothing else. */
const wordOf = ({ members, ...change }: Written): string | undefined => {
  // A task is taken away by other kinds of operations alone.
  if (members.length === 0 && change.noun === "task") return "added"
  if (members.includes("occurrence") && !members.includes("repeat")) return advanced
  const [member = "", ...others] = members
  const state = others.length > 0 ? undefined : wordsByState[member]
  return state === undefined ? undefined : isCleared({ members, ...change }, member) ? state.cleared : state.set
}

/** What all of these changes are called, where that is the same. */
const wordOfAll = (changes: ReadonlyArray<Written>): string | undefined => {
  const words = new Set(changes.map(wordOf))
  if (words.size > 1 && words.has("done")) words.delete(advanced)
  const [word, ...others] = words
  return others.length === 0 ? word : undefined
}

/** The thing that a project, a tag or a view is, of the kinds that are about it. */
const nounOf = (kind: string): string | undefined => /^(?:project|tag|view)(?=\.)/.exec(kind)?.[0]

/** What was done, in the past: `deleted`. */
export const verbOf = (
  { changes, count, kind }: Pick<Operation, "count" | "kind"> & { readonly changes: ReadonlyArray<Written> }
): string => {
  const known = words[kind] ?? wordsOfVerbs[kind.slice(kind.indexOf(".") + 1)] ?? printable(kind)
  // Of those that are not told nobody knows.
  return known === "changed" && count === changes.length ? wordOfAll(changes) ?? known : known
}

/** A thing of a line: tasks by number and title, others by what they are and are called. */
const named = ({ noun, number, title }: Named): string => {
  const [first = "", ...others] = title?.trim().split(/\r?\n/) ?? []
  const name = title === null ? "(gone for good)" : `${printable(first)}${others.length > 0 ? "…" : ""}`
  if (noun === "settings") return "settings"
  return number === null ? noun === "task" ? name : `${printable(noun)} ${name}` : `${number}  ${name}`
}

/** Each thing once, which an operation may have changed several times. */
const once = (changes: ReadonlyArray<Named>): ReadonlyArray<Named> =>
  changes.filter(({ id, noun }, index) =>
    index === changes.findIndex((other) => other.id === id && other.noun === noun)
  )

/** The things that it was done with: one by itself, of several how many there are and the first of them. */
export const thingsOf = (
  operation: Pick<Operation, "count" | "kind"> & { readonly changes: ReadonlyArray<Named> }
): string => {
  const { kind } = operation
  const changes = once(operation.changes)
  const isAll = operation.count === operation.changes.length
  const count = isAll ? changes.length : operation.count
  const noun = nounOf(kind)
  if (noun !== undefined) {
    const about = changes.find((change) => change.noun === noun)
    const name = about === undefined ? `a ${noun}` : named(about)
    const others = changes.filter((change) => change !== about)
    return others.length === 0 ? name : `${name} and ${count - 1} more: ${others.map(named).join(", ")}`
  }
  const [first] = changes
  if (count === 1 && first !== undefined) return named(first)
  const areTasks = /^(?:task|trash)\./.test(kind) || isAll && changes.every(({ noun }) => noun === "task")
  const things = `${count} ${areTasks ? "tasks" : "things"}`
  return changes.length === 0 ? things : `${things}: ${changes.map(named).join(", ")}${isAll ? "" : ", …"}`
}
