import type { BatchOperation } from "@todo/domain/batch/Batch"
import type { Effect } from "effect"
import { commentProblems } from "../comments/problems.ts"
import { comments } from "../comments/table.ts"
import type { Refused } from "../database/Write.ts"
import { moveRefusals } from "../entity/Mover.ts"
import { refusals, ruledBy } from "../entity/Refusals.ts"
import { moveProblems as projectMoves, projectProblems } from "../projects/problems.ts"
import { refuseRemoval } from "../projects/Removal.ts"
import { projects } from "../projects/table.ts"
import { refuseTag } from "../tags/problems.ts"
import { taskProblems, taskRulings } from "../tasks/problems.ts"
import { tasks } from "../tasks/table.ts"
import { moveProblems as viewMoves, viewProblems } from "../views/problems.ts"
import { views } from "../views/table.ts"

const task = refusals(tasks, ruledBy(taskProblems, taskRulings.change))
const project = refusals(projects, projectProblems)
const view = refusals(views, viewProblems)
const comment = refusals(comments, commentProblems)

/** What the refusals of the writes of each kind are to the client. */
const refusalsOf = {
  "task.create": task.ofCreation,
  "task.update": task.ofChange,
  "task.complete": task.ofChange,
  "task.skip": task.ofChange,
  "task.remove": task.ofChange,
  "task.restore": task.ofChange,
  "task.tag": task.ofChange,
  "task.untag": task.ofChange,
  "task.move": task.ofChange,
  "project.create": project.ofCreation,
  "project.update": project.ofChange,
  "project.move": moveRefusals(projects, projectMoves),
  "project.remove": refuseRemoval,
  "tag.update": refuseTag,
  "tag.remove": refuseTag,
  "view.create": view.ofCreation,
  "view.update": view.ofChange,
  "view.move": moveRefusals(views, viewMoves),
  "view.remove": view.ofChange,
  "comment.create": comment.ofCreation,
  "comment.update": comment.ofChange,
  "comment.remove": comment.ofChange
} satisfies Record<BatchOperation["op"], (refused: Refused) => Effect.Effect<never, unknown>>

/** What a write of a batch may be refused for. */
type Refusal = Effect.Error<ReturnType<(typeof refusalsOf)[BatchOperation["op"]]>>

/** Says what is wrong with the write of a batch that was refused. */
export const refuse = ({ op }: BatchOperation, refused: Refused): Effect.Effect<never, Refusal> => {
  const refuse: (refused: Refused) => Effect.Effect<never, Refusal> = refusalsOf[op]
  return refuse(refused)
}
