import type { FilterTree } from "@todo/domain/filter/FilterTree"
import type { Task } from "@todo/domain/tasks/Task"
import type { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

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
  const { tasks } = yield* ApiClient
  return yield* allPages(
    "tasks",
    (page: PageQuery<TaskCursor>) =>
      Effect.map(tasks.query({ payload: { filter, sort: "number", ...page }, headers: {} }), listed)
  )
})

/** The tasks that a condition is true of, those in archived projects, too, which a list has only where they are named. */
export const everywhere = Effect.fnUntraced(function*(
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

export const byIds = Effect.fnUntraced(function*(
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
export const rightBelow = Effect.fnUntraced(function*(
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
export const inTrashBelow = Effect.fnUntraced(function*(tasks: ReadonlyArray<Task>, archived: ReadonlyArray<string>) {
  const found = new Map<string, Task>()
  for (let level = tasks; level.length > 0;) {
    const below = yield* rightBelow("trash", level, archived)
    level = below.filter(({ id }) => !found.has(id))
    for (const task of level) found.set(task.id, task)
  }
  return [...found.values()].toReversed()
})
