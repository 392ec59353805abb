import type { Due } from "@todo/domain/dates/Due"
import type { ProjectId } from "@todo/domain/projects/Project"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Result } from "effect"
import type { TaskOfFile } from "./ApplyFile.ts"
import { reserved } from "./ApplyFile.ts"
import type { Entry } from "./Entries.ts"
import { setMember } from "./Known.ts"
import type { Mistake } from "./Mistakes.ts"
import type { ProjectPlan } from "./ProjectPlan.ts"
import type { ReadRepeat } from "./Repeats.ts"
import { bareRule, dueOf, dueText, isRule, isSameRule } from "./SaidDates.ts"

/** A member that is another. */
export interface Change {
  readonly member: string
  readonly from: unknown
  readonly to: unknown
}

/** What is written of a task, but for whether it is done. */
export interface Patch {
  title?: string
  description?: string | null
  projectId?: ProjectId | null
  parentId?: TaskId | null
  tags?: ReadonlyArray<string>
  priority?: Task["priority"]
  start?: { readonly date: Due["date"]; readonly time: unknown; readonly timeZone: unknown } | null
  due?: Patch["start"]
  repeat?: { readonly rule?: string; readonly from?: string; readonly missed?: string; readonly text?: string } | null
  blockedBy?: ReadonlyArray<TaskId>
  extra?: Readonly<Record<string, string | null>>
}

/** The members that are compared. */
export type Compared = Pick<
  Task,
  | "title"
  | "description"
  | "projectId"
  | "parentId"
  | "tags"
  | "priority"
  | "start"
  | "due"
  | "repeat"
  | "blockedBy"
  | "extra"
  | "completed"
>

/** What a task is before there is one. */
export const nothing: Compared = {
  title: "",
  description: null,
  projectId: null,
  parentId: null,
  tags: [],
  priority: null,
  start: null,
  due: null,
  repeat: null,
  blockedBy: [],
  extra: {},
  completed: false
}

/** What the words and ids of files stand for. */
export interface Meaning {
  /** The task of an external id, which there may not be yet. */
  readonly idOf: (externalId: string) => TaskId | undefined
  /** What a task is called in the plan. */
  readonly nameOf: (id: TaskId) => string
  readonly projects: ProjectPlan
  readonly repeats: ReadonlyMap<Entry, ReadRepeat>
  readonly set: string | undefined
}

/** What is to become of a task. */
export interface Difference {
  readonly changes: ReadonlyArray<Change>
  readonly patch: Patch
  /** Whether it is to be done, or open again; undefined where that stays. */
  readonly completed: boolean | undefined
  readonly mistakes: ReadonlyArray<Mistake>
}

const isSameDue = (one: Due | null, other: Due | null): boolean =>
  one === null || other === null ? one === other : dueText(one).toLowerCase() === dueText(other).toLowerCase()

const isSameSet = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean => {
  const [first, second] = [new Set(one), new Set(other)]
  return first.size === second.size && [...first].every((each) => second.has(each))
}

/** The values of `extra` that keep the dates which a repeating task was given: it has gone on from them since. */
const firstDates = { due: `${reserved}due`, start: `${reserved}start` } as const

const repeatText = (repeat: Compared["repeat"]): string | null => repeat === null ? null : repeat.text ?? repeat.rule

/** Whether a repetition that words say is there, as they were given. */
export const hasWords = (current: Compared, words: string): boolean => current.repeat?.text === words

const repeatPatch = (
  said: NonNullable<TaskOfFile["repeat"]>,
  current: Compared,
  read: ReadRepeat | undefined
): Patch["repeat"] | string | undefined => {
  const was = current.repeat
  if (typeof said === "string" && !isRule(said)) {
    if (hasWords(current, said) || read === undefined) return undefined
    if (typeof read === "string") return read
    return was !== null && isSameRule(was.rule, read.rule) && was.from === read.from
      ? undefined
      : { rule: read.rule, from: read.from, text: said }
  }
  const { from, missed, rule } = typeof said === "string" ? { rule: said } as Exclude<typeof said, string> : said
  if (!isRule(rule)) return "A rule is an RRULE, such as FREQ=WEEKLY;BYDAY=MO; words stand by themselves"
  const isSame = was !== null && isSameRule(was.rule, bareRule(rule)) && (from ?? was.from) === was.from &&
    (missed ?? was.missed) === was.missed
  return isSame ? undefined : {
    rule: bareRule(rule),
    ...from !== undefined && { from },
    ...missed !== undefined && { missed }
  }
}

/** What has to be changed of a task so that it is as a file says. */
export const differencesOf = (
  entry: Entry,
  current: Compared,
  { idOf, nameOf, projects, repeats, set }: Meaning
): Difference => {
  const { at, parent, said } = entry
  const changes: Array<Change> = []
  const mistakes: Array<Mistake> = []
  const patch: Patch = {}
  const extra: Record<string, string | null> = {}
  const change = (member: string, from: unknown, to: unknown) => changes.push({ member, from, to })

  if (said.title !== undefined && said.title !== current.title) {
    change("title", current.title === "" ? null : current.title, patch.title = said.title)
  }
  if (said.description !== undefined && said.description !== current.description) {
    change("description", current.description, patch.description = said.description)
  }
  if (parent !== undefined) {
    const id = parent === null ? null : idOf(parent)
    if (id === undefined) {
      mistakes.push({ at: at("parent"), message: `There is no task ${parent}, in the files or elsewhere` })
    } else if (id !== current.parentId) {
      patch.parentId = id
      change("parent", current.parentId === null ? null : nameOf(current.parentId), parent)
    }
  }
  if (said.project !== undefined) {
    const id = said.project === null ? Result.succeed(null) : projects.idOf(said.project)
    if (Result.isFailure(id)) mistakes.push({ at: at("project"), message: id.failure })
    else if (id.success !== current.projectId) {
      patch.projectId = id.success
      change("project", projects.pathOf(current.projectId), projects.pathOf(id.success))
    }
  }
  if (said.tags !== undefined && !isSameSet((said.tags ?? []).map(spellingKey), current.tags.map(spellingKey))) {
    patch.tags = said.tags ?? []
    change("tags", current.tags, patch.tags)
  }
  if (said.priority !== undefined && said.priority !== current.priority) {
    change("priority", current.priority, patch.priority = said.priority)
  }

  const dueThen = said.due == null ? current.due : dueOf(said.due) ?? null
  if (said.repeat === null && current.repeat !== null) {
    patch.repeat = null
    change("repeat", repeatText(current.repeat), null)
  }
  if (said.repeat != null) {
    const repeat = repeatPatch(said.repeat, current, repeats.get(entry))
    if (dueThen === null) mistakes.push({ at: at("repeat"), message: "What repeats needs a date: say due, too" })
    else if (typeof repeat === "string") mistakes.push({ at: at("repeat"), message: repeat })
    else if (repeat !== undefined) {
      patch.repeat = repeat
      change("repeat", repeatText(current.repeat), typeof said.repeat === "string" ? said.repeat : said.repeat.rule)
    }
  }
  const repeatsThen = said.repeat === undefined ? current.repeat !== null : said.repeat !== null
  for (const name of ["start", "due"] as const) {
    const text = said[name]
    if (text === undefined) continue
    const date = text === null ? null : dueOf(text)
    if (date === undefined) {
      mistakes.push({
        at: at(name),
        message: `There is no time zone ${text!.split(" ").at(-1)}, or no time that it is of`
      })
      continue
    }
    const kept = current.extra[firstDates[name]]
    const wanted = repeatsThen && date !== null ? dueText(date) : null
    if (wanted !== (kept ?? null)) extra[firstDates[name]] = wanted
    // Where it goes on by itself, it is moved by a file that says another date than before, and no more.
    const isGone = wanted !== null && wanted === kept
    if (isGone || isSameDue(current[name], date)) continue
    patch[name] = date === null ? null : { time: null, timeZone: null, ...date }
    change(name, current[name] === null ? null : dueText(current[name]), date === null ? null : dueText(date))
  }
  if (patch.due === null && repeatsThen) mistakes.push({ at: at("due"), message: "It repeats, and so needs a date" })

  if (said.after !== undefined) {
    const ids = (said.after ?? []).map((externalId) => {
      const id = idOf(externalId)
      if (id === undefined) {
        mistakes.push({ at: at("after"), message: `There is no task ${externalId}, in the files or elsewhere` })
      }
      return id
    }).filter((id) => id !== undefined)
    if (!isSameSet(ids, current.blockedBy)) {
      patch.blockedBy = [...new Set(ids)]
      change("after", current.blockedBy.map(nameOf), patch.blockedBy.map(nameOf))
    }
  }

  const own = said.extra === null
    ? Object.fromEntries(
      Object.keys(current.extra).filter((name) => !name.startsWith(reserved)).map((name) => [name, null])
    )
    : said.extra ?? {}
  for (const [name, value] of Object.entries(own)) {
    const was = current.extra[name] ?? null
    if (was === value) continue
    extra[name] = value
    change(`extra.${name}`, was, value)
  }
  if (set !== undefined && current.extra[setMember] !== set) {
    extra[setMember] = set
    change("set", current.extra[setMember] ?? null, set)
  }
  if (Object.keys(extra).length > 0) patch.extra = extra
  // Nothing is written that the plan does not tell of.
  if (changes.length === 0) {
    for (const [name, value] of Object.entries(extra)) change(`extra.${name}`, current.extra[name] ?? null, value)
  }

  const completed = said.completed === undefined || said.completed === current.completed ? undefined : said.completed
  if (completed === true && repeatsThen) {
    mistakes.push({
      at: at("completed"),
      message: "It repeats and goes on: that it is done is for `todo done` to say"
    })
  }
  if (completed !== undefined) change("completed", current.completed, completed)
  return { changes, patch, completed, mistakes }
}
