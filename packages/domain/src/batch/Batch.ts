import { Schema } from "effect"
import { CommentId, CommentPatch, NewCommentOnTask } from "../comments/Comment.ts"
import { NewProject, ProjectId, ProjectPatch } from "../projects/Project.ts"
import { ProjectMove } from "../projects/ProjectMove.ts"
import { isWhole, projectContents } from "../projects/ProjectPage.ts"
import { NewCompletion, Skip } from "../repetition/CompletedTask.ts"
import { TagPatch } from "../tags/Tag.ts"
import { TagParameter } from "../tags/TagName.ts"
import { Move } from "../tasks/Move.ts"
import { NewTask, TaskId, TaskPatch } from "../tasks/Task.ts"
import { NewView, ViewId, ViewPatch } from "../views/View.ts"
import { ViewMove } from "../views/ViewMove.ts"

/** The most operations that a batch has. */
export const maxBatchLength = 500

const version = Schema.optionalKey(
  Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 })).annotate({
    description: "Do it only if the thing is at this version, as `If-Match` has it; else 412.",
    examples: [1]
  })
)

const op = <const Op extends string>(op: Op) => Schema.Literal(op).annotate({ description: "What is done." })

const withBody = <const Op extends string, Body extends Schema.Top>(name: Op, body: Body) =>
  Schema.Struct({ op: op(name), body })

const update = <const Op extends string, Id extends Schema.Top, Body extends Schema.Top>(
  name: Op,
  id: Id,
  body: Body
) => Schema.Struct({ op: op(name), id, version, body })

const withoutBody = <const Op extends string, Id extends Schema.Top>(name: Op, id: Id) =>
  Schema.Struct({ op: op(name), id, version })

const project = "0198c0de-7a5c-7000-8000-0000000000b1" as ProjectId

/** One tag of a task, whatever others it has. */
const tagging = <const Op extends string>(name: Op) =>
  Schema.Struct({ op: op(name), id: TaskId, version, name: TagParameter })

/** One write of a batch: what a request of its own would do, with the members of its body and `version` for `If-Match`. */
export const BatchOperation = Schema.Union([
  withBody("task.create", NewTask),
  update("task.update", TaskId, TaskPatch),
  update("task.complete", TaskId, NewCompletion),
  update("task.skip", TaskId, Skip),
  withBody("task.move", Move),
  withoutBody("task.remove", TaskId),
  withoutBody("task.restore", TaskId),
  tagging("task.tag"),
  tagging("task.untag"),
  withBody("project.create", NewProject),
  update("project.update", ProjectId, ProjectPatch),
  withBody("project.move", ProjectMove),
  Schema.Struct({ op: op("project.remove"), id: ProjectId, version, ...projectContents }).check(isWhole).annotate({
    examples: [{ op: "project.remove", id: project, contents: "move", to: "inbox" }]
  }),
  Schema.Struct({ op: op("tag.update"), name: TagParameter, version, body: TagPatch }),
  Schema.Struct({ op: op("tag.remove"), name: TagParameter, version }),
  withBody("view.create", NewView),
  update("view.update", ViewId, ViewPatch),
  withBody("view.move", ViewMove),
  withoutBody("view.remove", ViewId),
  withBody("comment.create", NewCommentOnTask),
  update("comment.update", CommentId, CommentPatch),
  withoutBody("comment.remove", CommentId)
]).annotate({ message: "Expected an operation whose `op` is one of those that there are" })
export type BatchOperation = typeof BatchOperation.Type

const chosen = "0198c0de-7a5c-7000-8000-0000000000a1" as TaskId

/** Writes of any nouns, which are done together or not at all, in their order. */
export const Batch = Schema.Struct({
  operations: Schema.Array(BatchOperation).check(
    Schema.isMinLength(1, { message: "Expected at least one operation" }),
    Schema.isMaxLength(maxBatchLength, { message: `Expected at most ${maxBatchLength} operations` })
  ).annotate({
    description:
      "1 to 500 writes, in their order. Later ones may name things that earlier ones make, by the `id` that these chose."
  })
}).annotate({
  identifier: "Batch",
  description: "Writes that are done together or not at all.",
  examples: [
    {
      operations: [
        { op: "task.create", body: { id: chosen, title: "Buy milk" } },
        { op: "task.update", id: chosen, body: { completed: true } }
      ]
    },
    { operations: [{ op: "task.remove", id: chosen, version: 7 }] },
    { operations: [{ op: "task.complete", id: chosen, body: { occurrence: "2026-10-25" as never } }] },
    { operations: [{ op: "task.move", body: { ids: [chosen], at: "first" } }] },
    { operations: [{ op: "task.skip", id: chosen, body: {} }] },
    { operations: [{ op: "task.restore", id: chosen }] },
    {
      operations: [
        { op: "tag.update", name: "home", body: { name: "house" } },
        { op: "project.remove", id: project, contents: "move", to: "inbox" }
      ]
    }
  ]
})
export interface Batch extends Schema.Schema.Type<typeof Batch> {}

/** What one write of a batch has done. */
export const BatchResult = Schema.Struct({
  status: Schema.Literals([200, 201, 204]).annotate({
    description: "What a request of its own would have been answered.",
    examples: [201]
  }),
  id: Schema.String.check(Schema.isUUID()).annotate({
    description: "Of the thing; of a move, that of the first of `ids`.",
    examples: ["0198c0de-7a5c-7000-8000-0000000000a1"]
  }),
  number: Schema.NullOr(Schema.Int).annotate({
    description: "The thing's number; null where things of its kind have none.",
    examples: [7]
  }),
  version: Schema.Int.annotate({ description: "At which the write has left the thing.", examples: [1] })
}).annotate({ identifier: "BatchResult", description: "What one write of a batch has done." })

/** What the writes of a batch have done. */
export const BatchResults = Schema.Struct({
  results: Schema.Array(BatchResult).annotate({ description: "Of each operation, in their order." })
}).annotate({ identifier: "BatchResults", description: "What the writes of a batch have done." })
export interface BatchResults extends Schema.Schema.Type<typeof BatchResults> {}
