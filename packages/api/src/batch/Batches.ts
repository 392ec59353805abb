import type { Batch, BatchOperation } from "@todo/domain/batch/Batch"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Context, Effect, Layer, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import { comments } from "../comments/table.ts"
import { mostChanges } from "../database/functions/Write.sql.ts"
import { Refused, Writes } from "../database/Write.ts"
import { creationOf } from "../entity/EntityStore.ts"
import { readable } from "../filter/TaskList.ts"
import { removalOf } from "../projects/Removal.ts"
import { projects } from "../projects/table.ts"
import * as Randomness from "../Randomness.ts"
import { tagsByKey } from "../tags/onTasks.ts"
import { tags } from "../tags/table.ts"
import { type Schedule, scheduleOf } from "../tasks/Schedule.ts"
import { completionOf } from "../tasks/ScheduledCompletion.ts"
import { tasks } from "../tasks/table.ts"
import { views } from "../views/table.ts"
import { batchedDates } from "./BatchedDates.ts"
import { batchedWords } from "./BatchedWords.ts"
import { refuse } from "./refusals.ts"

/** What is to be written, of what thing, at what version. */
const named = (
  { id, name, op, version }: Exclude<BatchOperation, { readonly op: `${string}.move` | `${string}.create` }> & {
    readonly id?: string
    readonly name?: string
  }
) => ({
  op,
  ...id !== undefined && { id },
  ...name !== undefined && { nameKey: spellingKey(name) },
  ...version !== undefined && { versions: [version] }
})

/** How often what was computed may turn out to be of something that another replica has changed. */
const attempts = 4
/** How often in all, with what the batch itself changes: what comes below a task that is done opens it. */
const rounds = 64

const unsettled = Effect.fail(new ServiceUnavailable({ detail: "What the batch is about changes all the time" }))

/** The place of the first write with which more tasks would be moved than may be changed: each is asked for its place. */
const firstBeyond = (operations: ReadonlyArray<BatchOperation>): number | undefined => {
  let moved = 0
  for (const [index, operation] of operations.entries()) {
    if (operation.op === "task.move") moved += operation.body.ids.length
    if (moved > mostChanges) return index
  }
  return undefined
}

/** What an item has done: the id, number and version of its thing, and whether it has changed anything. */
export type Done = readonly [id: string, number: number | null, version: number, changed: boolean]

/** Does many writes of the current user's at once, all of them or none. */
export class Batches extends Context.Service<Batches>()("todo/api/batch/Batches", {
  make: Effect.gen(function*() {
    const random = yield* SecureRandom.SecureRandom
    const write = (yield* Writes).make("batch", "long")

    const dates = yield* batchedDates
    const heard = yield* batchedWords
    /** `sent` is the same before words of it were read: by that it is known again. */
    const itemOf = (operation: BatchOperation, sent: BatchOperation, id: string, computed: object | undefined) => {
      switch (operation.op) {
        case "task.create":
          return { op: operation.op, ...creationOf(tasks, (sent as typeof operation).body, id, computed) }
        case "view.create":
          return { op: operation.op, ...creationOf(views, operation.body, id) }
        case "comment.create":
          return { op: operation.op, ...creationOf(comments, operation.body, id) }
        case "project.create":
          return { op: operation.op, ...creationOf(projects, operation.body, id) }
        case "task.complete":
          return { ...named(operation), ...completionOf(operation.body), ...computed }
        case "task.skip":
          return { ...named(operation), ...operation.body, skip: true, body: {}, ...computed }
        case "task.move":
        case "project.move":
        case "view.move":
          return operation
        case "task.update":
          return { ...named(operation), body: tasks.given(operation.body), ...computed }
        case "task.tag":
          return { ...named(operation), add: tagsByKey([operation.name]) }
        case "task.untag":
          return { ...named(operation), remove: spellingKey(operation.name) }
        case "project.update":
          return { ...named(operation), body: projects.given(operation.body) }
        case "view.update":
          return { ...named(operation), body: views.given(operation.body) }
        case "comment.update":
          return { ...named(operation), body: comments.given(operation.body) }
        case "project.remove":
          return { ...named(operation), ...removalOf(operation) }
        case "tag.update": {
          const { merge, ...patch } = operation.body
          return { ...named(operation), body: tags.given(patch), ...merge !== undefined && { merge } }
        }
        default:
          return named(operation)
      }
    }

    return {
      run: Effect.fnUntraced(function*({ operations: sent }: Batch) {
        const operations = yield* heard(sent)
        yield* Effect.forEach(
          operations,
          (operation, index) =>
            operation.op === "view.create" || operation.op === "view.update"
              ? readable(operation.body, { index })
              : Effect.void,
          { discard: true }
        )
        const beyond = firstBeyond(operations)
        if (beyond !== undefined) {
          const more = { index: beyond }
          return yield* refuse(operations[beyond]!, new Refused({ verdict: "many", thing: undefined, more }))
        }
        const ids = yield* Effect.forEach(operations, () => random.uuidV7())
        const send = Effect.fnUntraced(function*(reads: boolean, left: ReadonlyMap<number, Schedule>) {
          const computed = yield* dates(operations, reads, left)
          const items = operations.map((operation, index) =>
            itemOf(operation, sent[index]!, ids[index]!, computed[index])
          )
          return yield* write({ items })
        })
        const left = new Map<number, Schedule>()
        let [reads, place, more] = [false, -1, attempts]
        for (let round = 0; round < rounds && more > 0; round++) {
          const attempt = yield* Effect.result(send(reads, left))
          if (Result.isSuccess(attempt)) {
            const written = attempt.success
            return { ...written, results: written["results"] as ReadonlyArray<Done> }
          }
          const error = attempt.failure
          if (error._tag !== "Refused") return yield* error
          const index = error.more["index"] as number
          if (error.verdict !== "stale") return yield* refuse(operations[index]!, error)
          // What has been read is not so when its turn comes. Where all before it was, the batch has changed it, or somebody else.
          if (reads) {
            left.set(index, scheduleOf(error.thing!))
            if (index <= place) more--
            place = index
          }
          reads = true
        }
        return yield* unsettled
      })
    }
  })
}) {
  static readonly layer = Layer.effect(Batches, Batches.make).pipe(Layer.provide(Randomness.layer))
}
