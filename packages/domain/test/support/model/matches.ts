import { addDays, dayNumber, weekdayOf } from "../../../src/dates/CivilDate.ts"
import type { DateOnly } from "../../../src/dates/DateOnly.ts"
import type { Field, Operator } from "../../../src/filter/Field.ts"
import type { Comparison, FilterTree, State, Term } from "../../../src/filter/FilterTree.ts"
import { scopeOf } from "../../../src/filter/Scope.ts"
import { folded, numberMeant, searchWords } from "../../../src/filter/Search.ts"
import { spellingKey } from "../../../src/text/Spelling.ts"
import { dayOfDate, dayOfInstant, instantOf, type ModelProject, type ModelTask, type World } from "./World.ts"

/** Whether a filter lists a task: what the service has to answer, told in the plainest way. */
export const matches = (tree: FilterTree, task: ModelTask, world: World): boolean => {
  const { projects, trash, tree: whole } = scopeOf(tree)
  return (trash || task.trashedAt === null) && !isArchived(task, projects, world) && holds(whole, task, world)
}

/** Whether a tree is true of a task, whatever is implied. */
export const holds = (tree: FilterTree, task: ModelTask, world: World): boolean => {
  if ("and" in tree) return tree.and.every((part) => holds(part, task, world))
  if ("or" in tree) return tree.or.some((part) => holds(part, task, world))
  return "not" in tree ? !holds(tree.not, task, world) : termHolds(tree, task, world)
}

/** A project and what it is below, from the inside out. */
const chain = (id: string | null, { projects }: World): ReadonlyArray<ModelProject> => {
  const found = projects.find((project) => project.id === id)
  return found === undefined ? [] : [found, ...chain(found.parentId, { projects } as World)]
}

const isNamed = (project: ModelProject, name: string, world: World): boolean => {
  const path = chain(project.id, world).map((it) => spellingKey(it.name))
  return spellingKey(name).split("/").toReversed().every((part, index) => path[index] === part)
}

/** Archived itself or below what is, unless the filter names it, or something between. */
const isArchived = (task: ModelTask, names: ReadonlyArray<string>, world: World): boolean => {
  for (const project of chain(task.projectId, world)) {
    if (names.some((name) => isNamed(project, name, world))) return false
    if (project.archived) return true
  }
  return false
}

const termHolds = (term: Term, task: ModelTask, world: World): boolean => {
  if ("is" in term) return stateHolds(term.is, task, world)
  if ("upcoming" in term) return isOn(task, world, (day, today) => day > today && day <= addDays(today, term.upcoming))
  if ("project" in term) {
    if (term.project === null) return task.projectId === null
    const projects = chain(task.projectId, world).slice(0, term.below === false ? 1 : undefined)
    return projects.some((project) => isNamed(project, term.project!, world))
  }
  if ("tag" in term) return task.tags.some((tag) => fits(spellingKey(tag), spellingKey(term.tag)))
  if ("search" in term) return searchWords(term.search).every((word) => hasWord(word, task))
  if ("has" in term) return (valueOf(term.field, task) !== null) === term.has
  return compares(term, task, world)
}

const stateHolds = (state: State, task: ModelTask, world: World): boolean => {
  switch (state) {
    case "today":
      return isOn(task, world, (day, today) => day === today)
    case "tomorrow":
      return isOn(task, world, (day, today) => day === addDays(today, 1))
    case "overdue":
      return task.completedAt === null && isPast(task, world)
    case "repeating":
      return task.repeats
    case "blocked":
      return isBlocked(task, world)
    case "ready":
      return task.completedAt === null && task.trashedAt === null && !isBlocked(task, world)
        && !isArchived(task, [], world) && hasStarted(task, world)
    case "subtask":
      return task.parentId !== null
    case "untagged":
      return task.tags.length === 0
    case "open":
      return task.completedAt === null
    case "done":
      return task.completedAt !== null
    case "all":
      return true
    case "trash":
      return task.trashedAt !== null
  }
}

/** Whether due or start is on a day of which this is true. */
const isOn = ({ due, start }: ModelTask, world: World, wanted: (day: DateOnly, today: DateOnly) => boolean) =>
  [due, start].some((date) => date !== null && wanted(dayOfDate(world, date), dayOfInstant(world, world.now)))

const isPast = ({ due }: ModelTask, world: World) => {
  if (due === null) return false
  const instant = instantOf(world, due)
  return instant === undefined ? due.date < dayOfInstant(world, world.now) : instant < world.now
}

const hasStarted = ({ start }: ModelTask, world: World) => {
  if (start === null) return true
  const instant = instantOf(world, start)
  return instant === undefined ? start.date <= dayOfInstant(world, world.now) : instant <= world.now
}

const isBlocked = ({ blockedBy }: ModelTask, { tasks }: World) =>
  tasks.some(({ completedAt, id, trashedAt }) => blockedBy.includes(id) && completedAt === null && trashedAt === null)

/** Whether a text is what a pattern says, in which `*` is any text. */
const fits = (text: string, pattern: string): boolean => {
  const [first, ...others] = pattern.split("*") as [string, ...ReadonlyArray<string>]
  if (!text.startsWith(first)) return false
  let at = first.length
  if (others.length === 0) return at === text.length
  for (const part of others.slice(0, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - others.at(-1)!.length >= at && text.endsWith(others.at(-1)!)
}

const hasWord = (word: string, { comments, description, number, tags, title }: ModelTask) =>
  numberMeant(word) === number
  || [title, description ?? "", ...tags, ...comments].some((text) => folded(text).includes(word))

const valueOf = (field: Field, task: ModelTask) =>
  ({
    start: task.start,
    due: task.due,
    created: task.createdAt,
    changed: task.updatedAt,
    completed: task.completedAt,
    number: task.number,
    title: task.title,
    description: task.description,
    priority: task.priority,
    parent: task.parentId,
    external: task.externalId
  })[field]

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

/** The day that a date is, of those that the trees of tests have. */
const dayOf = (value: string, today: DateOnly): DateOnly => {
  const days = { yesterday: -1, today: 0, tomorrow: 1, "3 days ago": -3, "in 2 days": 2 }[value]
  if (days !== undefined) return addDays(today, days)
  const weekday = weekdays.indexOf(value)
  return weekday < 0 ? value as DateOnly : addDays(today, (weekday - weekdayOf(dayNumber(today)) + 6) % 7 + 1)
}

/** What is absent compares with nothing. */
const compares = (term: Comparison, task: ModelTask, world: World): boolean => {
  const value = valueOf(term.field, task)
  if (value === null) return false
  switch (term.field) {
    case "start":
    case "due":
      return compare(dayOfDate(world, value as never), term.op, dayOf(term.value, dayOfInstant(world, world.now)))
    case "created":
    case "changed":
    case "completed":
      return compare(
        dayOfInstant(world, value as number),
        term.op,
        dayOf(term.value, dayOfInstant(world, world.now))
      )
    case "title":
    case "description":
      return term.op === "contains"
        ? folded(value as string).includes(folded(term.value))
        : compare(value as string, term.op, term.value)
    case "parent": {
      const parent = world.tasks.find(({ id }) => id === value)
      return compare(typeof term.value === "number" ? parent?.number ?? 0 : value as string, term.op, term.value)
    }
    default:
      return compare(value as string | number, term.op, term.value)
  }
}

const compare = <A extends string | number>(value: A, op: Exclude<Operator, "contains">, other: A): boolean => {
  switch (op) {
    case "=":
      return value === other
    case "!=":
      return value !== other
    case "<":
      return value < other
    case "<=":
      return value <= other
    case ">":
      return value > other
    case ">=":
      return value >= other
  }
}
