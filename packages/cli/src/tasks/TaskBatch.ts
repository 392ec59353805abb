import { type BatchOperation, maxBatchLength } from "@todo/domain/batch/Batch"
import { type OperationCursor, OperationId, type RecordedChange } from "@todo/domain/operations/Operation"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { changesAreMade } from "../commandLine/Verb.ts"
import { Failure } from "../failures/Failure.ts"
import { forAllRefs } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import type { Agreement } from "../terminal/Agreement.ts"

/** What became of each of the tasks of a batch, by its id. */
type Outcomes = ReadonlyMap<string, Result.Result<Task, Failure>>

/** The place in the batch of what could not be done, where the problem is one of its own. */
const indexOf = (error: ApiError): number | undefined =>
  "index" in error && typeof error.index === "number" ? error.index : undefined

/** The things that an operation changed, as it left them, by their ids. */
const changedBy = Effect.fnUntraced(function*(id: string) {
  const operations = yield* (yield* ApiClient).operations
  const changes = yield* allPages("changes", (query: PageQuery<OperationCursor>) =>
    Effect.map(
      operations.get({ params: { id: OperationId.make(id) }, query }),
      ({ changes, nextCursor }) => ({ items: changes, nextCursor })
    ))
  return new Map(changes.map(({ id, value }): readonly [string, RecordedChange["value"]] => [id, value]))
})

/** Says below a failure to read what a batch has done that it is done. */
const afterwards = Effect.mapError((failure: Failure) =>
  new Failure({ ...failure, message: failure.message, isGeneral: true, hints: [...failure.hints, ...changesAreMade] })
)

/** Does the same with all of these tasks in one request; what cannot be done is left out, and the rest done without it. */
const runBatch = Effect.fnUntraced(function*(
  tasks: ReadonlyArray<Task>,
  operation: (task: Task) => BatchOperation
): Effect.fn.Return<Outcomes, Failure, ApiClient | Settings> {
  const { json } = yield* Settings
  const batch = yield* (yield* ApiClient).batch
  const outcomes = new Map<string, Result.Result<Task, Failure>>()
  let left = tasks
  while (left.length > 0) {
    const attempt = yield* Effect.result(batch.run({ headers: {}, payload: { operations: left.map(operation) } }))
    if (Result.isSuccess(attempt)) {
      const id = json ? attempt.success.headers["operation-id"] : undefined
      const changed = id === undefined ? undefined : yield* changedBy(id).pipe(asFailure, afterwards)
      for (const task of left) outcomes.set(task.id, Result.succeed(changed?.get(task.id) ?? task))
      return outcomes
    }
    const refused = left[indexOf(attempt.failure) ?? -1]
    const failure = yield* Effect.flip(asFailure(Effect.fail(attempt.failure)))
    if (refused === undefined) return yield* new Failure({ ...failure, message: failure.message, isGeneral: true })
    outcomes.set(
      refused.id,
      Result.fail(new Failure({ ...failure, message: `${refused.number}  ${refused.title}: ${failure.message}` }))
    )
    left = left.filter((task) => task !== refused)
  }
  return outcomes
})

/**
 * Does the same with every task that is named, as `resolve` finds them. Several are one operation, which one undo takes back, or one for each 500
 * of them, the most that a request has; one alone is `single`. What cannot be done is told, and the rest is done. `finish`
 * gets the tasks as they are then where they are to be JSON, and else as they were.
 */
export const forEachTaskAtOnce = Effect.fn("forEachTaskAtOnce")(function*<R, R2>(
  refs: ReadonlyArray<string>,
  { agree, finish, operation, resolve, single }: {
    readonly resolve: (ref: string) => Effect.Effect<Task, ApiError>
    readonly single: (task: Task) => Effect.Effect<Task, ApiError, R>
    readonly operation: (task: Task) => BatchOperation
    readonly finish: (tasks: ReadonlyArray<Task>) => Effect.Effect<void, never, R2>
    readonly agree?: Agreement<Task> | undefined
  }
) {
  const context = yield* Effect.context<ApiClient | Settings>()
  const workOn = Effect.fnUntraced(function*(all: ReadonlyArray<Task>) {
    if (all.length === 1) return single
    const batches = new Map<Task, Effect.Effect<Outcomes, Failure>>()
    for (let start = 0; start < all.length; start += maxBatchLength) {
      const part = all.slice(start, start + maxBatchLength)
      // Sent when the first of them is due: what stops before it stops it, too.
      const batch = yield* Effect.cached(Effect.provideContext(runBatch(part, operation), context))
      for (const task of part) batches.set(task, batch)
    }
    return (task: Task) => Effect.flatMap(batches.get(task)!, (outcomes) => Effect.fromResult(outcomes.get(task.id)!))
  })
  yield* forAllRefs(refs, resolve, workOn, finish, agree)
})
