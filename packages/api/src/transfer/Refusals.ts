import { mostComments, mostCommentsOfTask } from "@todo/domain/comments/Comment"
import { maxProjectDepth, mostProjects } from "@todo/domain/projects/Project"
import { mostTags } from "@todo/domain/tags/TagName"
import { mostLevels } from "@todo/domain/tasks/Task"
import { mostViews } from "@todo/domain/views/View"
import type { Refused } from "../database/Write.ts"
import { tasks } from "../tasks/table.ts"
import { mostBlockers } from "../tasks/tree.sql.ts"
import type { Obstacle, Place } from "./Planning.ts"

const limits: Readonly<Record<Place["noun"], number>> = {
  project: mostProjects,
  tag: mostTags,
  view: mostViews,
  task: tasks.most!,
  comment: mostComments
}

const tooMany = (detail: string): Obstacle => ({ reason: "limit_reached", detail })

/** What the database has refused of a thing, as its plan says it; undefined where things have changed since it was made. */
export const obstacleOf = ({ more, verdict }: Refused, { noun }: Place): Obstacle | undefined => {
  const path = more["path"] as Obstacle["path"]
  const at = { ...path !== undefined && { path } }
  switch (verdict) {
    case "limit":
      return tooMany(`You may have ${limits[noun].toLocaleString("en")} ${noun}s`)
    case "tags":
      return tooMany(`You may have ${mostTags.toLocaleString("en")} tags`)
    case "comments_of_task":
      return tooMany(`A task may have ${mostCommentsOfTask.toLocaleString("en")} comments`)
    case "depth":
      return noun === "project"
        ? tooMany(`Projects are ${maxProjectDepth} levels deep at the most`)
        : tooMany(`Tasks are below each other in ${mostLevels} levels at the most`)
    case "blockers":
      return tooMany(`A task waits for ${mostBlockers} others at the most`)
    case "extra_of_task":
    case "extra_bytes":
      return tooMany("There is too much in `extra`")
    case "name":
      return { reason: "name_taken", detail: `Another ${noun} there is called so` }
    case "cycle":
      return { reason: "cycle", detail: `The ${noun} would be below itself, or wait for itself`, ...at }
    case "reference":
      return { reason: "reference_not_found", detail: "What it names is not there", ...at }
    case "archived":
      return { reason: "project_archived", detail: "The project, or one above it, is archived: take it back first" }
    case "external_id":
      return { reason: "external_id_taken", detail: "Another task has this external id" }
    case "task":
      return { reason: "task_not_found", detail: "There is no such task", path: ["taskId"] }
    default:
      return undefined
  }
}
