import { LimitReached } from "@todo/domain/http/LimitReached"
import { Cycle, NameTaken, ReferenceNotFound } from "@todo/domain/http/ReferenceProblems"
import { maxProjectDepth } from "@todo/domain/projects/Project"
import { ProjectArchived, ProjectChanged, ProjectNotFound } from "@todo/domain/projects/ProjectProblems"
import type { Refused } from "../database/Write.ts"
import type { At, EntityProblems } from "../entity/Refusals.ts"
import { changeProblems } from "../entity/TooManyChanges.ts"
import { projects } from "./table.ts"

/**
 * Where the reference stands that is refused: in the body, or in the body of an item of a batch, where what requests have in
 * the query stands beside the body.
 */
export const pathOf = ({ more }: Refused, { index }: At, slot = "payload") => {
  const path = more["path"] as ReadonlyArray<string | number>
  if (index === undefined) return [slot, ...path]
  return ["payload", "operations", index, ...slot === "query" ? [] : ["body"], ...path]
}

/** The refusals of what is written into a project. */
export const inProjectProblems = {
  reference: (refused: Refused, at: At, slot = "payload") =>
    new ReferenceNotFound({ detail: "You have nothing with this id", path: pathOf(refused, at, slot), ...at }),
  archived: (_: Refused, at: At) =>
    new ProjectArchived({ detail: "The project, or one above it, is archived: take it back first", ...at })
}

/** The refusals of what has to have its place among projects. */
export const placeProblems = {
  ...inProjectProblems,
  cycle: (refused: Refused, at: At, slot = "payload") =>
    new Cycle({ detail: "A project cannot be below itself", path: pathOf(refused, at, slot), ...at }),
  name: (_: Refused, at: At) => new NameTaken({ detail: "Another project there is called so", ...at }),
  depth: (_: Refused, at: At) =>
    new LimitReached({
      detail: `Projects are ${maxProjectDepth} levels deep at the most`,
      limit: "depth",
      max: maxProjectDepth,
      ...at
    })
}

type PlaceProblem = ReturnType<typeof placeProblems[keyof typeof placeProblems]>

/** The refusals of a move of projects. */
export const moveProblems = { ...placeProblems, ...changeProblems }

/** How it is said that there is no such project, and what else may be wrong with one. */
export const projectProblems: EntityProblems<ProjectNotFound, ProjectChanged, PlaceProblem> = {
  notFound: (at) => new ProjectNotFound({ detail: "You have no project with this id", ...at }),
  changed: (row, asking, at) => {
    const current = projects.answer(row, asking)
    return new ProjectChanged({ detail: `The project is at version ${current.version}`, current, ...at })
  },
  ruled: placeProblems
}
