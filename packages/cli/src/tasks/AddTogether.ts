import type { NewTask, Task } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import type { Failure } from "../failures/Failure.ts"
import { stopsAll } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { allTasks } from "./AllTasks.ts"
import { runBatch } from "./Batch.ts"

/** A task of a line: all of it where it is to be JSON. */
export interface AddedLine extends Pick<Task, "number" | "title"> {
  readonly task?: Task | undefined
}

/** The tasks of these numbers and of those between them, by their ids. */
const between = (numbers: ReadonlyArray<number>) =>
  Effect.map(
    allTasks({ filter: `all and number >= ${Math.min(...numbers)} and number <= ${Math.max(...numbers)}` }),
    (tasks) => new Map<string, Task>(tasks.map((task) => [task.id, task]))
  )

/** Where the task of a line is there already, with its title: it is what an earlier run with the same key has made. */
const madeBefore = Effect.fnUntraced(function*({ id, title }: NewTask, failure: Failure) {
  if (failure.code !== "id_taken" || id === undefined) return Result.fail(failure)
  const { tasks } = yield* ApiClient
  const known = yield* Effect.result(tasks.get({ params: { id }, query: {}, headers: {} }))
  const task = Result.isSuccess(known) ? known.success?.body : undefined
  return task?.title === title ? Result.succeed<AddedLine>({ ...task, task }) : Result.fail(failure)
})

/** What became of tasks that are added together: where one could not be, it is all that is told, and the others are not. */
export type Together = ReadonlyMap<NewTask, Result.Result<AddedLine, Failure>>

/** Adds one task by a request of its own. */
const addOne = Effect.fnUntraced(function*(draft: NewTask) {
  const { tasks } = yield* ApiClient
  const outcome = yield* Effect.result(asFailure(tasks.create({ headers: {}, payload: draft })))
  if (Result.isSuccess(outcome)) {
    const { body: task } = outcome.success
    return Result.succeed<AddedLine>({ ...task, task })
  }
  // What is not of the line alone is told with the key.
  if (stopsAll(outcome.failure)) return yield* outcome.failure
  return yield* madeBefore(draft, outcome.failure)
})

/** Adds tasks as one operation, all or none; one alone by a request of its own. */
export const addTogether = Effect.fnUntraced(function*(drafts: ReadonlyArray<NewTask>) {
  const [first, ...others] = drafts
  if (first !== undefined && others.length === 0) return new Map([[first, yield* addOne(first)]]) as Together
  const added = new Map<NewTask, Result.Result<AddedLine, Failure>>()
  for (let left = drafts; left.length > 0;) {
    const { json } = yield* Settings
    const attempt = yield* runBatch(left, (body) => ({ op: "task.create", body }), "all or none")
    const { outcomes } = attempt
    const refused = [...outcomes].flatMap(([draft, outcome]) =>
      Result.isFailure(outcome) ? [[draft, outcome] as const] : []
    )
    for (const [draft, { failure }] of refused) {
      const before = yield* madeBefore(draft, failure)
      if (Result.isFailure(before)) return new Map([[draft, before]]) as Together
      added.set(draft, before)
    }
    left = left.filter((draft) => !added.has(draft))
    if (refused.length > 0) continue
    const done = [...outcomes.values()].flatMap((one) => Result.isSuccess(one) ? one.success.number ?? [] : [])
    const tasks = json && done.length > 0 ? yield* between(done) : undefined
    for (const [draft, outcome] of outcomes) {
      added.set(
        draft,
        Result.map(outcome, ({ id, number }) => ({ title: draft.title, number: number!, task: tasks?.get(id) }))
      )
    }
    left = []
  }
  return added as Together
})
