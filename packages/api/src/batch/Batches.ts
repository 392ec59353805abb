import type { Batch, BatchOperation } from "@todo/domain/batch/Batch"
import type { IdTaken } from "@todo/domain/entity/EntityProblems"
import type { LimitReached } from "@todo/domain/http/LimitReached"
import type { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { Context, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import { type Refused, Writes } from "../database/Write.ts"
import { creationOf } from "../entity/EntityStore.ts"
import * as Randomness from "../Randomness.ts"
import { batched, type BatchedNoun } from "./batched.ts"

const refuse = (
  { op }: BatchOperation,
  refused: Refused
): Effect.Effect<never, LimitReached | IdTaken | TaskNotFound | TaskChanged> => {
  const [noun, verb] = op.split(".") as [BatchedNoun, string]
  const { ofChange, ofCreation } = batched[noun]
  return verb === "create" ? ofCreation(refused) : ofChange(refused)
}

/** What an item has done: the id, number and version of its thing, and whether it has changed anything. */
export type Done = readonly [id: string, number: number | null, version: number, changed: boolean]

/** Does many writes of the current user's at once, all of them or none. */
export class Batches extends Context.Service<Batches>()("todo/api/batch/Batches", {
  make: Effect.gen(function*() {
    const random = yield* SecureRandom.SecureRandom
    const write = (yield* Writes).make("batch", "long")

    const itemOf = Effect.fnUntraced(function*(operation: BatchOperation) {
      switch (operation.op) {
        case "task.create":
          return { op: operation.op, ...creationOf(operation.body, yield* random.uuidV7()) }
        default: {
          const { version, ...item } = operation
          return version === undefined ? item : { ...item, versions: [version] }
        }
      }
    })

    return {
      run: Effect.fnUntraced(function*({ operations }: Batch) {
        const items = yield* Effect.forEach(operations, itemOf)
        const written = yield* write({ items }).pipe(
          Effect.catchTag("Refused", (refused) => refuse(operations[refused.more["index"] as number]!, refused))
        )
        return { ...written, results: written["results"] as ReadonlyArray<Done> }
      })
    }
  })
}) {
  static readonly layer = Layer.effect(Batches, Batches.make).pipe(Layer.provide(Randomness.layer))
}
