import { type Project, type ProjectId, ProjectName } from "@todo/domain/projects/Project"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Result, Schema } from "effect"
import { projectPaths, projectsNamed } from "../projects/ProjectPath.ts"
import { newId } from "./NewId.ts"

/** A project that is to be made. */
export interface NewOne extends Pick<Project, "id" | "name" | "parentId"> {
  readonly path: string
}

const isName = Schema.is(ProjectName)

/** Finds projects by their names and paths; what there is not is to be made, with all that is above it. */
export const projectPlan = (projects: ReadonlyArray<Project>) => {
  const all: Array<Pick<Project, "id" | "name" | "parentId">> = [...projects]
  const made: Array<NewOne> = []

  const make = (ref: string): Result.Result<ProjectId, string> => {
    const names = ref.trim().replace(/^#/, "").split("/").map((name) => name.trim())
    if (!names.every((name) => isName(name))) {
      return Result.fail("Expected names of 1 to 120 characters, with / between them")
    }
    let parent: ProjectId | null = null
    for (const [level, name] of names.entries()) {
      const found = all.find((one) => one.parentId === parent && spellingKey(one.name) === spellingKey(name))
      const id: ProjectId = found?.id ?? newId<ProjectId>()
      if (found === undefined) {
        const project = { id, name, parentId: parent }
        all.push(project)
        made.push({ ...project, path: names.slice(0, level + 1).join("/") })
      }
      parent = id
    }
    return Result.succeed(parent!)
  }

  return {
    /** The id of what is named; null of the Inbox. Fails with what is wrong with the name. */
    idOf: (ref: string): Result.Result<ProjectId | null, string> => {
      if (ref.trim().toLowerCase() === "inbox") return Result.succeed(null)
      const found = projectsNamed(all, ref)
      const [only, ...others] = found
      if (only === undefined) return make(ref)
      const paths = projectPaths(all)
      return others.length === 0
        ? Result.succeed(only.id)
        : Result.fail(`Several projects are called so: ${found.map(({ id }) => paths.get(id)).join(", ")}`)
    },
    /** What a project is called; nothing of the Inbox. */
    pathOf: (id: ProjectId | null): string | null => id === null ? null : projectPaths(all).get(id) ?? id,
    made: (): ReadonlyArray<NewOne> => made
  }
}
export type ProjectPlan = ReturnType<typeof projectPlan>
