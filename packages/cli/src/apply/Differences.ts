import { spellingKey } from "@todo/domain/text/Spelling"
import { Result } from "effect"
import { reserved } from "./ApplyFile.ts"
import { compareDate, compareRepeat, repeatsThen } from "./DateDifferences.ts"
import { type Compared, type Difference, type Findings, type Meaning, noFindings } from "./Difference.ts"
import type { Entry } from "./Entries.ts"
import { setMember } from "./Known.ts"
import { checkRepeat } from "./RuleChecks.ts"

const isSameSet = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean => {
  const [first, second] = [new Set(one), new Set(other)]
  return first.size === second.size && [...first].every((each) => second.has(each))
}

/** Compares what a task is called, and what is said of it. */
const compareTexts = ({ said }: Entry, current: Compared, { change, patch }: Findings): void => {
  const { description, title } = said
  if (title !== undefined && title !== current.title) {
    change("title", current.title === "" ? null : current.title, patch.title = title)
  }
  if (description !== undefined && description !== current.description) {
    change("description", current.description, patch.description = description)
  }
}

/** Compares its tags and its priority. */
const compareMarks = ({ said: { priority, tags } }: Entry, current: Compared, { change, patch }: Findings): void => {
  if (tags !== undefined && !isSameSet((tags ?? []).map(spellingKey), current.tags.map(spellingKey))) {
    change("tags", current.tags, patch.tags = tags ?? [])
  }
  if (priority !== undefined && priority !== current.priority) {
    change("priority", current.priority, patch.priority = priority)
  }
}

const noTask = (externalId: string) => `There is no task ${externalId}, in the files or elsewhere`

/** Compares what it is below, and its project. */
const comparePlace = (
  { at, parent, said }: Entry,
  current: Compared,
  { idOf, nameOf, projects }: Meaning,
  { change, mistake, patch }: Findings
): void => {
  if (parent !== undefined) {
    const id = parent === null ? null : idOf(parent)
    if (id === undefined) mistake(at("parent"), noTask(parent!))
    else if (id !== current.parentId) {
      patch.parentId = id
      change("parent", current.parentId === null ? null : nameOf(current.parentId), parent)
    }
  }
  if (said.project === undefined) return
  const id = said.project === null ? Result.succeed(null) : projects.idOf(said.project)
  if (Result.isFailure(id)) return mistake(at("project"), id.failure)
  if (id.success === current.projectId) return
  patch.projectId = id.success
  change("project", projects.pathOf(current.projectId), projects.pathOf(id.success))
}

/** Compares what it waits for. */
const compareBlockers = (
  { at, said }: Entry,
  current: Compared,
  { idOf, nameOf }: Meaning,
  { change, mistake, patch }: Findings
): void => {
  if (said.after === undefined) return
  const ids = (said.after ?? []).flatMap((externalId, index) => {
    const id = idOf(externalId)
    if (id === undefined) mistake(at("after", index), noTask(externalId))
    return id ?? []
  })
  if (isSameSet(ids, current.blockedBy)) return
  patch.blockedBy = [...new Set(ids)]
  change("after", current.blockedBy.map(nameOf), patch.blockedBy.map(nameOf))
}

/** Compares what is kept with it, of which some is ours. */
const compareExtra = (
  { said }: Entry,
  current: Compared,
  { set }: Meaning,
  { change, changes, extra, patch }: Findings
): void => {
  const names = Object.keys(current.extra).filter((name) => !name.startsWith(reserved))
  const own = said.extra === null ? Object.fromEntries(names.map((name) => [name, null])) : said.extra ?? {}
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
  if (changes.length > 0) return
  for (const [name, value] of Object.entries(extra)) change(`extra.${name}`, current.extra[name] ?? null, value)
}

/** What has to be changed of a task so that it is as a file says. */
export const differencesOf = (entry: Entry, current: Compared, meaning: Meaning): Difference => {
  const { at, said } = entry
  const found = noFindings()
  compareTexts(entry, current, found)
  comparePlace(entry, current, meaning, found)
  compareMarks(entry, current, found)
  compareRepeat(entry, current, meaning.repeats.get(entry), found)
  compareDate("start", entry, current, found)
  compareDate("due", entry, current, found)
  checkRepeat(entry, current, found)
  compareBlockers(entry, current, meaning, found)
  compareExtra(entry, current, meaning, found)
  const completed = said.completed === undefined || said.completed === current.completed ? undefined : said.completed
  if (completed !== undefined) found.change("completed", current.completed, completed)
  if (completed === true && repeatsThen(said, current)) {
    found.mistake(at("completed"), "It repeats and goes on: that it is done is for `todo done` to say")
  }
  const { changes, mistakes, patch } = found
  return { changes, mistakes, patch, completed }
}
