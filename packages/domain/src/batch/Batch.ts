import { Schema } from "effect"
import { NewTask, TaskId, TaskPatch } from "../tasks/Task.ts"

/** The most operations that a batch has. */
export const maxBatchLength = 500

const version = Schema.optionalKey(
  Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 })).annotate({
    description: "Do it only if the thing is at this version, as `If-Match` has it; else 412.",
    examples: [1]
  })
)

const op = <const Op extends string>(op: Op) => Schema.Literal(op).annotate({ description: "What is done." })

const create = <const Op extends string, Body extends Schema.Top>(name: Op, body: Body) =>
  Schema.Struct({ op: op(name), body })

const update = <const Op extends string, Id extends Schema.Top, Body extends Schema.Top>(
  name: Op,
  id: Id,
  body: Body
) => Schema.Struct({ op: op(name), id, version, body })

const withoutBody = <const Op extends string, Id extends Schema.Top>(name: Op, id: Id) =>
  Schema.Struct({ op: op(name), id, version })

/** One write of a batch: what a request of its own would do, with the members of its body and `version` for `If-Match`. */
export const BatchOperation = Schema.Union([
  create("task.create", NewTask),
  update("task.update", TaskId, TaskPatch),
  withoutBody("task.remove", TaskId),
  withoutBody("task.restore", TaskId)
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
    { operations: [{ op: "task.restore", id: chosen }] }
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
    description: "Of the thing.",
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
