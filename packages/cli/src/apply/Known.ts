import type { FilterTree } from "@todo/domain/filter/FilterTree"
import type { Project } from "@todo/domain/projects/Project"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import type { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPaths } from "../projects/ProjectPath.ts"
import { reserved } from "./ApplyFile.ts"
import type { Wanted } from "./Entries.ts"

/** The value of `extra` that names the set of a task. */
export const setMember = `${reserved}set`

/** What there is of all that files speak of. */
export interface Known {
  /** The tasks of external ids, that are not in the trash. */
  readonly tasks: ReadonlyMap<string, Task>
  /** Those in the trash, of ids that no other has. */
  readonly trashed: ReadonlyMap<string, Task>
  /** Tasks of the set that no file has, with what is right below them. */
  readonly left: ReadonlyArray<Task>
  readonly below: ReadonlyArray<Task>
  /** What is in the trash below what is taken out of it, and may come with it; the deepest first. */
  readonly along: ReadonlyArray<Task>
  /** Those of it that are of the set, and that no file has. */
  readonly back: ReadonlyArray<Task>
  /** What is called so, by ids: external ids, and numbers of what has none. */
  readonly names: ReadonlyMap<string, string>
  readonly projects: ReadonlyArray<Project>
}

/** So many ids are asked for at once: a filter has 64 terms and 2,000 characters. */
const idsAtOnce = 40
const mostLength = 1_500
/** So many projects are named in one filter. */
const projectsAtOnce = 10

const chunks = <A>(things: ReadonlyArray<A>, size: number, lengthOf: (thing: A) => number = () => 0) => {
  const parts: Array<Array<A>> = []
  let length = 0
  for (const thing of things) {
    const more = lengthOf(thing)
    if (parts.length === 0 || parts.at(-1)!.length >= size || length + more > mostLength) {
      parts.push([])
      length = 0
    }
    parts.at(-1)!.push(thing)
    length += more
  }
  return parts
}

const anyOf = (trees: ReadonlyArray<FilterTree>): FilterTree => trees.length === 1 ? trees[0]! : { or: trees }

const tasksOf = Effect.fnUntraced(function*(filter: FilterTree) {
  const tasks = yield* (yield* ApiClient).tasks
  return yield* allPages(
    "tasks",
    (page: PageQuery<TaskCursor>) =>
      Effect.map(tasks.query({ payload: { filter, sort: "number", ...page }, headers: {} }), listed)
  )
})

/** The tasks that a condition is true of, those in archived projects, too, which a list has only where they are named. */
const everywhere = Effect.fnUntraced(function*(
  state: "all" | "trash",
  condition: FilterTree,
  archived: ReadonlyArray<string>
) {
  const found = [...yield* tasksOf({ and: [{ is: state }, condition] })]
  for (const part of chunks(archived, projectsAtOnce, (path) => path.length)) {
    const named = anyOf(part.map((project) => ({ project, below: true })))
    found.push(...yield* tasksOf({ and: [{ is: state }, named, condition] }))
  }
  return found
})

const byIds = Effect.fnUntraced(function*(
  state: "all" | "trash",
  ids: ReadonlyArray<string>,
  archived: ReadonlyArray<string>
) {
  const found = new Map<string, Task>()
  for (const part of chunks(ids, idsAtOnce, (id) => id.length + 20)) {
    const condition = anyOf(part.map((value) => ({ field: "external", op: "=", value })))
    for (const task of yield* everywhere(state, condition, archived)) found.set(task.externalId!, task)
  }
  return found
})

/** What is right below tasks, done or not. */
const rightBelow = Effect.fnUntraced(function*(
  state: "all" | "trash",
  tasks: ReadonlyArray<Task>,
  archived: ReadonlyArray<string>
) {
  const found: Array<Task> = []
  for (const part of chunks(tasks, idsAtOnce)) {
    const condition = anyOf(part.map(({ id }) => ({ field: "parent", op: "=", value: id })))
    found.push(...yield* everywhere(state, condition, archived))
  }
  return found
})

/** All that is in the trash below tasks that are there, the deepest first: to restore one may bring it back. */
const inTrashBelow = Effect.fnUntraced(function*(tasks: ReadonlyArray<Task>, archived: ReadonlyArray<string>) {
  const found = new Map<string, Task>()
  for (let level = tasks; level.length > 0;) {
    const below = yield* rightBelow("trash", level, archived)
    level = below.filter(({ id }) => !found.has(id))
    for (const task of level) found.set(task.id, task)
  }
  return [...found.values()].toReversed()
})

/** So many are asked for by their ids at a time. */
const reads = 8

/** Looks up all that files speak of; the rest of the set, too, where it is to be pruned. */
export const lookUp = Effect.fn("lookUp")(function*({ entries, set }: Wanted, prunes: boolean) {
  const projects = yield* allProjects()
  const paths = projectPaths(projects)
  const archived = projects.filter((project) => project.archived).map(({ id }) => paths.get(id)!)
  const own = new Set(entries.map(({ externalId }) => externalId))
  const ids = new Set([
    ...own,
    ...entries.flatMap(({ parent, said }) => [...typeof parent === "string" ? [parent] : [], ...said.after ?? []])
  ])
  const all = prunes ? yield* everywhere("all", { field: "external", has: true }, archived) : undefined
  const tasks = all === undefined
    ? yield* byIds("all", [...ids], archived)
    : new Map(all.filter(({ externalId }) => ids.has(externalId!)).map((task) => [task.externalId!, task]))
  const trashed = yield* byIds("trash", [...own].filter((id) => !tasks.has(id)), archived)
  const isLeft = ({ externalId, extra }: Task) =>
    set !== undefined && extra[setMember] === set && !own.has(externalId ?? "")
  const left = (all ?? []).filter(isLeft)
  const below = yield* rightBelow("all", left, archived)
  const along = yield* inTrashBelow([...trashed.values()], archived)
  const back = prunes ? along.filter(isLeft) : []
  const known = new Map<string, string>(
    [...all ?? [], ...tasks.values(), ...trashed.values()].map((task) => [task.id, task.externalId!])
  )
  const others = [...tasks.values(), ...trashed.values()].flatMap((
    { blockedBy, parentId }
  ) => [parentId ?? [], blockedBy])
    .flat(2).filter((id): id is TaskId => !known.has(id))
  const client = yield* (yield* ApiClient).tasks
  const numbered = yield* Effect.forEach(
    new Set(others),
    (id) =>
      Effect.map(
        Effect.option(client.get({ params: { id }, query: {}, headers: {} })),
        (answer): readonly [string, string] => [
          id,
          answer._tag === "Some" && answer.value !== undefined ? `#${answer.value.body.number}` : "a deleted task"
        ]
      ),
    { concurrency: reads }
  )
  return { tasks, trashed, left, below, along, back, projects, names: new Map([...known, ...numbered]) } satisfies Known
})
