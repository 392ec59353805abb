import type { Project } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { allProjects } from "./AllProjects.ts"
import { projectOf } from "./ProjectResolver.ts"

/** How many projects a project is in. */
const depthIn = (projects: ReadonlyMap<string, Project>, { parentId }: Project): number => {
  const above = parentId === null ? undefined : projects.get(parentId)
  return above === undefined ? 0 : 1 + depthIn(projects, above)
}

/** References to projects, those to what is in others before those to these, so that each is there when its turn comes. */
export const deepestFirst = Effect.fn("deepestFirst")(function*(refs: ReadonlyArray<string>) {
  if (refs.length < 2) return refs
  const all = yield* allProjects()
  const byId = new Map(all.map((project) => [project.id as string, project]))
  const depths = yield* Effect.forEach(refs, (ref) =>
    Effect.match(projectOf(all, ref), {
      onSuccess: (project) => ({ ref, depth: depthIn(byId, project) }),
      onFailure: () => ({ ref, depth: 0 })
    }))
  return depths.toSorted((one, other) => other.depth - one.depth).map(({ ref }) => ref)
})
