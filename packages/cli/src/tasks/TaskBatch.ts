import type { BatchOperation } from "@todo/domain/batch/Batch"
import type { RecordedChange } from "@todo/domain/operations/Operation"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { changesAreMade } from "../commandLine/Verb.ts"
import { Failure, queuedCode } from "../failures/Failure.ts"
import { forAllRefs } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import type { Agreement } from "../terminal/Agreement.ts"
import { inSteps } from "../terminal/Steps.ts"
import { changedBy, partsOf, runBatch } from "./Batch.ts"

/** What became of each of the tasks of a batch, by its id. */
type Outcomes = ReadonlyMap<string, Result.Result<Task, Failure>>

type Left = NonNullable<Extract<RecordedChange, { readonly noun: "task" }>["value"]>

/** A task as an operation left it; the record has nothing of what depends on who asks. */
const asLeft = (task: Task, left: Left | undefined): Task =>
  left === undefined ? task : {
    ...task,
    ...left,
    overdue: task.overdue && !left.completed,
    ready: !left.completed && !task.blocked && (task.ready || task.completed)
  }

/** So many are read at a time. */
const reads = 8

/** The tasks as they are now: what follows from a new date, for who asks, is not on record. */
const readAnew = Effect.fnUntraced(function*(tasks: ReadonlyArray<Task>) {
  const { tasks: client } = yield* ApiClient
  const read = yield* inSteps({ what: "read", total: tasks.length }, (done) => {
    let count = 0
    const readOne = ({ id }: Task) =>
      Effect.tap(client.get({ params: { id }, query: {}, headers: {} }), () => Effect.sync(() => done(++count)))
    return Effect.forEach(tasks, readOne, { concurrency: reads })
  })
  return new Map(read.flatMap((answer) => answer === undefined ? [] : [[answer.body.id, answer.body] as const]))
})

/** Says below a failure to read what a batch has done that it is done. */
const afterwards = Effect.mapError((failure: Failure) =>
  new Failure({ ...failure, message: failure.message, isGeneral: true, hints: [...failure.hints, ...changesAreMade] })
)

/** How several tasks are done with in one request. */
interface Together {
  readonly operation: (task: Task) => BatchOperation
  /** Which of them are read once more after it. */
  readonly isReadAnew: (task: Task) => boolean
}

/** Does the same with all of these tasks in one request; what cannot be done is left out, and the rest done without it. */
const doTogether = Effect.fnUntraced(function*(
  tasks: ReadonlyArray<Task>,
  { isReadAnew, operation }: Together
): Effect.fn.Return<Outcomes, Failure, ApiClient | Settings> {
  const { json } = yield* Settings
  const written = yield* runBatch(tasks, operation)
  const id = json ? written.operation : undefined
  const changed = id === undefined ? undefined : yield* changedBy(id).pipe(asFailure, afterwards)
  const isWritten = (task: Task) => Result.isSuccess(written.outcomes.get(task)!)
  const next = yield* readAnew(tasks.filter((task) => isWritten(task) && isReadAnew(task))).pipe(asFailure, afterwards)
  return new Map(tasks.map((task) => [
    task.id,
    Result.mapBoth(written.outcomes.get(task)!, {
      onFailure: (failure) => new Failure({ ...failure, message: `${task.number}  ${task.title}: ${failure.message}` }),
      onSuccess: () => next.get(task.id) ?? asLeft(task, changed?.get(task.id))
    })
  ]))
})

/**
 * Does the same with every task that is named, as `resolve` finds them. Several are one operation, which one undo takes back, or one for each 500
 * of them, the most that a request has; one alone is `single`. What cannot be done is told, and the rest is done. `finish`
 * gets the tasks as they are then where they are to be JSON or are read anew, and else as they were.
 */
export const forEachTaskAtOnce = Effect.fn("forEachTaskAtOnce")(function*<R, R2>(
  refs: ReadonlyArray<string>,
  { agree, finish, goesAlong, isReadAnew = () => false, operation, resolve, single }:
    & {
      readonly resolve: (ref: string) => Effect.Effect<Task, ApiError>
      readonly single: (task: Task) => Effect.Effect<Task, ApiError, R>
      readonly finish: (tasks: ReadonlyArray<Task>) => Effect.Effect<void, never, R2>
      readonly agree?: Agreement<Task> | undefined
      /** Which of them are done with when others are. */
      readonly goesAlong?: (
        tasks: ReadonlyArray<Task>
      ) => Effect.Effect<ReadonlyMap<Task, Task>, never, ApiClient | Settings>
    }
    & Pick<Together, "operation">
    & Partial<Together>
) {
  const context = yield* Effect.context<ApiClient | Settings>()
  const workOnEach = Effect.fnUntraced(function*(all: ReadonlyArray<Task>) {
    if (all.length === 1) return single
    const batches = new Map<Task, Effect.Effect<Outcomes, Failure>>()
    for (const part of partsOf(all)) {
      // Sent when the first of them is due: what stops before it stops it, too.
      const batch = yield* Effect.cached(Effect.provideContext(doTogether(part, { isReadAnew, operation }), context))
      for (const task of part) batches.set(task, batch)
    }
    return (task: Task) => Effect.flatMap(batches.get(task)!, (outcomes) => Effect.fromResult(outcomes.get(task.id)!))
  })
  const workOn = Effect.fnUntraced(function*(all: ReadonlyArray<Task>) {
    const along = goesAlong === undefined ? undefined : yield* Effect.provideContext(goesAlong(all), context)
    if (along === undefined || along.size === 0) return yield* workOnEach(all)
    const workOnOne = yield* workOnEach(all.filter((task) => !along.has(task)))
    const works = new Map<Task, Effect.Effect<Task, Failure, R | Settings>>()
    for (const task of all) if (!along.has(task)) works.set(task, yield* Effect.cached(asFailure(workOnOne(task))))
    return (task: Task) => {
      const other = along.get(task)
      if (other === undefined) return works.get(task)!
      // What it was to go with may have been gone before.
      return Effect.catchIf(
        Effect.as(works.get(other)!, task),
        (failure: Failure) => failure.code !== queuedCode,
        () => single(task)
      )
    }
  })
  yield* forAllRefs(refs, resolve, workOn, finish, agree)
})
