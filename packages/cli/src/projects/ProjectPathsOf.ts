import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { allProjects } from "./AllProjects.ts"
import { projectPaths } from "./ProjectPath.ts"

/** The paths of the projects that tasks are in, by their ids; nobody is asked where they are in none. */
export const projectPathsOf = Effect.fn("projectPathsOf")(function*(tasks: ReadonlyArray<Pick<Task, "projectId">>) {
  return tasks.every(({ projectId }) => projectId === null)
    ? new Map<string, string>()
    : projectPaths(yield* allProjects())
})
