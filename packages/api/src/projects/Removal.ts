import type { LimitReached } from "@todo/domain/http/LimitReached"
import type { Cycle, NameTaken, ReferenceNotFound } from "@todo/domain/http/ReferenceProblems"
import { inbox, type ProjectRemoval } from "@todo/domain/projects/ProjectPage"
import {
  type ProjectArchived,
  type ProjectChanged,
  ProjectNotEmpty,
  type ProjectNotFound
} from "@todo/domain/projects/ProjectProblems"
import { Effect } from "effect"
import type { Refused } from "../database/Write.ts"
import { placeOf, refusals } from "../entity/Refusals.ts"
import { tooManyChanges } from "../entity/TooManyChanges.ts"
import { placeProblems, projectProblems } from "./problems.ts"
import { projects } from "./table.ts"

/** What is asked of the function that deletes a project: the top is no project. */
export const removalOf = ({ contents, to }: ProjectRemoval) => ({
  ...contents !== undefined && { contents },
  ...to !== undefined && to !== inbox && { to }
})

const refuseChange = refusals(projects, projectProblems).ofChange

/** What the refusals of the deletion of a project are to the client. */
export const refuseRemoval = (refused: Refused): Effect.Effect<
  never,
  | ProjectNotFound
  | ProjectChanged
  | ProjectNotEmpty
  | ProjectArchived
  | LimitReached
  | NameTaken
  | ReferenceNotFound
  | Cycle
> => {
  const at = placeOf(refused)
  switch (refused.verdict) {
    case "not_empty":
      return Effect.fail(
        new ProjectNotEmpty({
          detail: "The project has something, and `contents` does not say what becomes of it",
          tasks: refused.more["tasks"] as number,
          projects: refused.more["projects"] as number,
          ...at
        })
      )
    case "limit":
      return tooManyChanges(refused)
    case "reference":
    case "cycle":
      return Effect.fail(placeProblems[refused.verdict](refused, at, "query"))
    default:
      return refuseChange(refused)
  }
}
