import { Schema } from "effect"
import { moves } from "../entity/Moves.ts"
import { projectRef } from "../projects/Project.ts"
import { TaskId, TaskNumber, TaskPosition, TaskReference } from "./Task.ts"

const one = "0198c0de-7a5c-7000-8000-0000000000a1" as TaskId
const another = "0198c0de-7a5c-7000-8000-0000000000a2" as TaskId

const { after, at, before, ids } = moves(
  TaskId,
  (description) => TaskReference.pipe(Schema.annotateKey({ description })),
  { one: "task", several: "tasks", example: one }
)

/** Which tasks move, and where to. */
export const Move = Schema.Union([
  Schema.Struct({ ids, before }),
  Schema.Struct({ ids, after }),
  Schema.Struct({
    ids,
    projectId: Schema.optionalKey(
      Schema.NullOr(
        projectRef(
          "The project; null is the Inbox. Left out, it is that of `parentId`, or where the first of `ids` is."
        )
      )
    ),
    parentId: Schema.optionalKey(
      Schema.NullOr(TaskReference).annotate({
        description:
          "Below which task of the project; null: below none. Left out, it is none where `projectId` is given, or else where the first of `ids` is."
      })
    ),
    at: Schema.optionalKey(at)
  })
]).annotate({
  identifier: "Move",
  message: "Expected ids, and before, after, or projectId, parentId and at",
  description: "Which tasks move, and where to: beside another, or to an end of a list.",
  examples: [
    { ids: [one] },
    { ids: [one], at: "first" },
    { ids: [one, another], after: "0198c0de-7a5c-7000-8000-0000000000b1" as TaskId },
    { ids: [one], parentId: "0198c0de-7a5c-7000-8000-0000000000b2" as TaskId },
    { ids: [one], projectId: null, at: "first" }
  ]
})
export type Move = typeof Move.Type

const MovedTask = Schema.Struct({
  id: TaskId,
  number: TaskNumber,
  projectId: Schema.NullOr(projectRef("The project that it is in; null is the Inbox.")),
  parentId: Schema.NullOr(TaskReference).annotate({ description: "The task that it is below, or null." }),
  position: TaskPosition,
  version: Schema.Int.annotate({ description: "At which the move has left it.", examples: [2] })
}).annotate({ identifier: "MovedTask", description: "Where a task stands." })

/** Where tasks stand that were to move. */
export const MovedTasks = Schema.Struct({
  items: Schema.Array(MovedTask).annotate({ description: "The tasks, in the order of `ids`." })
}).annotate({ identifier: "MovedTasks", description: "Where the tasks stand now." })
