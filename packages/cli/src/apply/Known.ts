import type { Project } from "@todo/domain/projects/Project"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPaths } from "../projects/ProjectPath.ts"
import { reserved } from "./ApplyFile.ts"
import type { Wanted } from "./Entries.ts"
import { byIds, everywhere, inTrashBelow, rightBelow } from "./Everywhere.ts"

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
  const { tasks: client } = yield* ApiClient
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
