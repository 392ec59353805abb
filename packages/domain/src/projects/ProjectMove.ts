import { Schema } from "effect"
import { moves } from "../entity/Moves.ts"
import { ProjectId, ProjectPosition, projectRef } from "./Project.ts"

const one = "0198c0de-7a5c-7000-8000-0000000000b1" as ProjectId
const another = "0198c0de-7a5c-7000-8000-0000000000b2" as ProjectId

const { after, at, before, ids } = moves(ProjectId, projectRef, { one: "project", several: "projects", example: one })

/** Which projects move, and where to. */
export const ProjectMove = Schema.Union([
  Schema.Struct({ ids, before }),
  Schema.Struct({ ids, after }),
  Schema.Struct({
    ids,
    parentId: Schema.optionalKey(
      Schema.NullOr(
        projectRef("Below which project; null is at the top. Left out, it is where the first of `ids` is.")
      )
    ),
    at: Schema.optionalKey(at)
  })
]).annotate({
  identifier: "ProjectMove",
  message: "Expected ids, and before, after, or parentId and at",
  description: "Which projects move, and where to: beside another, or to an end of a list.",
  examples: [
    { ids: [one], at: "first" },
    { ids: [one], after: another },
    { ids: [one], parentId: another },
    { ids: [one], parentId: null, at: "first" }
  ]
})
export type ProjectMove = typeof ProjectMove.Type

const MovedProject = Schema.Struct({
  id: ProjectId,
  parentId: Schema.NullOr(projectRef("The project that it is below; null at the top.")),
  position: ProjectPosition,
  version: Schema.Int.annotate({ description: "At which the move has left it.", examples: [2] })
}).annotate({ identifier: "MovedProject", description: "Where a project stands." })

/** Where projects stand that were to move. */
export const MovedProjects = Schema.Struct({
  items: Schema.Array(MovedProject).annotate({ description: "The projects, in the order of `ids`." })
}).annotate({ identifier: "MovedProjects", description: "Where the projects stand now." })
