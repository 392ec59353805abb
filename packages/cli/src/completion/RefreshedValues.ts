import { Effect } from "effect"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPaths } from "../projects/ProjectPath.ts"
import { allTags } from "../refs/AllTags.ts"
import { allViews } from "../refs/AllViews.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { allTrash } from "../trash/AllTrash.ts"
import { type CachedValues, mostKept } from "./CachedValues.ts"

const kept = 200

const briefly = (tasks: ReadonlyArray<{ readonly number: number; readonly title: string }>) =>
  tasks.map(({ number, title }) => ({ number, title: title.slice(0, 120) }))

/** What the account has that can be completed. */
export const refreshedValues = Effect.fn("refreshedValues")(function*() {
  const { done, open, projects, tags, trashed, views } = yield* Effect.all({
    projects: allProjects(),
    tags: allTags(),
    views: allViews(),
    open: allTasks({ completed: false, limit: mostKept }),
    done: allTasks({ completed: true, sort: "-completed", limit: kept }),
    trashed: allTrash(kept)
  }, { concurrency: "unbounded" })
  const paths = projectPaths(projects)
  const pathsWhere = (isArchived: boolean) =>
    projects.filter(({ archived }) => archived === isArchived).map(({ id }) => paths.get(id)!)
  return {
    projects: pathsWhere(false),
    archived: pathsWhere(true),
    tags: tags.map(({ name }) => name),
    views: views.map(({ name }) => name),
    open: briefly(open),
    done: briefly(done),
    trashed: briefly(trashed)
  } satisfies CachedValues
})
