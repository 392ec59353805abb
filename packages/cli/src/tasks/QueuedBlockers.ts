import { TaskId } from "@todo/domain/tasks/Task"
import { Option, Schema } from "effect"
import type { QueuedWrite } from "../offline/QueuedWrite.ts"

const Waiting = { blockedBy: Schema.optional(Schema.Array(TaskId)) }
const Members = Schema.Struct({ ...Waiting, id: Schema.optional(Schema.String) })
/** What a write says of one task, beside the words that make it, or of several. */
const Body = Schema.Struct({
  ...Waiting,
  task: Schema.optional(Schema.Struct(Waiting)),
  operations: Schema.optional(
    Schema.Array(Schema.Struct({ id: Schema.optional(Schema.String), body: Schema.optional(Members) }))
  )
})
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Body))

/** For what a write has a task wait; undefined where it says nothing of that. */
const blockersBy = ({ body, path, tasks }: QueuedWrite, id: string): ReadonlyArray<TaskId> | undefined => {
  const said = Option.getOrUndefined(decode(body))
  const inBatch = said?.operations?.findLast((one) =>
    (one.id ?? one.body?.id) === id && one.body?.blockedBy !== undefined
  )
  if (inBatch !== undefined) return inBatch.body?.blockedBy
  const isOfIt = path === `/api/v1/tasks/${id}` || tasks.some((task) => task.id === id)
  return isOfIt ? said?.blockedBy ?? said?.task?.blockedBy : undefined
}

/** For what a new task waits when all of these writes are done. */
export const queuedBlockers = (writes: ReadonlyArray<QueuedWrite>, id: string): ReadonlyArray<TaskId> =>
  writes.reduce<ReadonlyArray<TaskId>>((blockers, write) => blockersBy(write, id) ?? blockers, [])
