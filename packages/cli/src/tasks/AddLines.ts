import type { NewTask, Task } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { Failure } from "../failures/Failure.ts"
import { forEachThing, stopsAll } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { readNonblankLines } from "../terminal/StandardInput.ts"
import { allTasks } from "./AllTasks.ts"
import { partsOf, runBatch } from "./Batch.ts"
import { asTitles, asWords } from "./LineDrafts.ts"
import { headline, taskJson } from "./TaskOutput.ts"
import { understood } from "./Understood.ts"

/** A task of a line: all of it where it is to be JSON. */
interface AddedLine extends Pick<Task, "number" | "title"> {
  readonly task?: Task | undefined
}

/** What went wrong with one line, and which it was. */
const atLine = (number: number, failure: Failure): Failure =>
  new Failure({
    ...failure,
    message: `Line ${number}: ${failure.message}`,
    hints: stopsAll(failure) ? [...failure.hints, `What stands below line ${number} was not tried.`] : failure.hints
  })

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

/** Adds tasks as one operation; one alone by a request of its own. */
const addTogether = Effect.fnUntraced(function*(drafts: ReadonlyArray<NewTask>) {
  const { json } = yield* Settings
  const [draft] = drafts
  if (drafts.length === 1) {
    const { tasks } = yield* ApiClient
    const one = Effect.map(
      tasks.create({ headers: {}, payload: draft! }),
      ({ body: task }): AddedLine => ({ ...task, task })
    )
    const outcome = yield* Effect.result(asFailure(one))
    if (Result.isSuccess(outcome)) return new Map([[draft!, outcome]])
    // What is not of the line alone is told with the key.
    if (stopsAll(outcome.failure)) return yield* outcome.failure
    return new Map([[draft!, yield* madeBefore(draft!, outcome.failure)]])
  }
  const { outcomes } = yield* runBatch(drafts, (body) => ({ op: "task.create", body }))
  const done = [...outcomes.values()].flatMap((one) => Result.isSuccess(one) ? one.success.number ?? [] : [])
  const tasks = json && done.length > 0 ? yield* between(done) : undefined
  const added = new Map<NewTask, Result.Result<AddedLine, Failure>>()
  for (const [draft, outcome] of outcomes) {
    added.set(
      draft,
      Result.isFailure(outcome)
        ? yield* madeBefore(draft, outcome.failure)
        : Result.succeed({
          title: draft.title,
          number: outcome.success.number!,
          task: tasks?.get(outcome.success.id)
        })
    )
  }
  return added
})

/**
 * Adds tasks for the lines of stdin, as one operation, which one undo takes back. What is wrong with a line is told with its
 * number, and the others are added. Where words are read, what is further in is below, and goes wrong with what it is below.
 */
export const addLines = Effect.fnUntraced(function*(idempotencyKey: string | undefined, reads: boolean) {
  const { interactive } = yield* Settings
  const output = yield* Output
  if (interactive) yield* output.note("A task a line; Ctrl-D ends.")
  const key = yield* keyFor(idempotencyKey)
  const lines = yield* readNonblankLines
  if (lines.length === 0) yield* output.note("Nothing came in on stdin: no task was added.")
  const drafts = yield* (reads ? asWords : asTitles)(lines, key)
  const valid = drafts.flatMap((draft) => Result.isSuccess(draft) ? [draft.success.body] : [])
  const added = new Map<NewTask, Effect.Effect<AddedLine, Failure, ApiClient | Settings>>()
  for (const part of partsOf(valid)) {
    // Sent when the first of its lines is due: what stops before it stops it, too.
    const together = yield* Effect.cached(repeatable(addTogether(part), key))
    for (const draft of part) {
      added.set(draft, Effect.flatMap(together, (outcomes) => Effect.fromResult(outcomes.get(draft)!)))
    }
  }

  yield* forEachThing(
    lines.map((line, index) => [line, drafts[index]!] as const),
    ([line, draft]) =>
      Effect.fromResult(draft).pipe(
        Effect.flatMap(Effect.fnUntraced(function*(draft) {
          const task = yield* added.get(draft.body)!
          // What was made before has the dates of then.
          const words = reads && task.task !== undefined
            ? yield* understood({ ...task.task, project: draft.project })
            : draft.words
          return { draft, task, words }
        })),
        Effect.mapError((failure) => atLine(line.number, failure))
      ),
    (added) =>
      output.result({
        json: () => added.flatMap(({ task: { task } }) => task === undefined ? [] : taskJson(task)),
        quiet: () => added.map(({ task }) => String(task.number)),
        human: () => added.flatMap(({ draft, task, words }) => [headline("Added", task) + words, ...draft.others])
      })
  )
})
