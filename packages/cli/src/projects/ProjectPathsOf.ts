import type { Project } from "@todo/domain/projects/Project"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { allProjects } from "./AllProjects.ts"
import { projectPaths } from "./ProjectPath.ts"

/** The paths of the projects that tasks are in, by their ids; of all projects, which are left alone where they are in none. */
export const projectPathsFrom =
  <E, R>(projects: Effect.Effect<ReadonlyArray<Project>, E, R>) =>
  (tasks: ReadonlyArray<Pick<Task, "projectId">>): Effect.Effect<ReadonlyMap<string, string>, E, R> =>
    tasks.every(({ projectId }) => projectId === null)
      ? Effect.succeed(new Map())
      : Effect.map(projects, projectPaths)

/** The same of the projects as they are; nobody is asked where tasks are in none. */
export const projectPathsOf = projectPathsFrom(allProjects())
