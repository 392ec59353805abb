import type { NewTask } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import type { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { Failure, queuedCode } from "../failures/Failure.ts"
import { forEachThing, stopsAll } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { readNonblankLines } from "../terminal/StandardInput.ts"
import { addTogether, type Together } from "./AddTogether.ts"
import { partsOf } from "./Batch.ts"
import { asTitles, asWords } from "./LineDrafts.ts"
import { headline, taskJson } from "./TaskOutput.ts"
import { understood } from "./Understood.ts"

/** What went wrong with one line, and which it was. */
const atLine = (number: number, failure: Failure): Failure =>
  new Failure({
    ...failure,
    message: `Line ${number}: ${failure.message}`,
    hints: stopsAll(failure) ? [...failure.hints, `What stands below line ${number} was not tried.`] : failure.hints
  })

/**
 * Adds tasks for the lines of stdin, as one operation, which one undo takes back. Where something is wrong with lines each is
 * told with its number, and none is added.
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
  const isWrong = drafts.some((draft) => Result.isFailure(draft) && draft.failure.code !== queuedCode)
  let many = 0
  const added = new Map<NewTask, Effect.Effect<Together, Failure, ApiClient | Settings>>()
  for (const part of partsOf(valid)) {
    // Sent when the first of its lines is due: what stops before it stops it, too.
    const together = yield* Effect.cached(repeatable(addTogether(part), key))
    for (const draft of part) added.set(draft, together)
  }

  /** Where something is wrong with a line of it; what comes behind is not sent. */
  let refused: Effect.Effect<Together, Failure, ApiClient | Settings> | undefined

  const adding = forEachThing(
    lines.map((line, index) => [line, drafts[index]!] as const),
    ([line, draft]) =>
      Effect.fromResult(draft).pipe(
        Effect.flatMap(Effect.fnUntraced(function*(draft) {
          const together = added.get(draft.body)!
          if (isWrong || (refused ?? together) !== together) return []
          const outcomes = yield* together
          if ([...outcomes.values()].some(Result.isFailure)) refused = together
          const outcome = outcomes.get(draft.body)
          if (outcome === undefined) return []
          const task = yield* Effect.fromResult(outcome)
          many++
          // What was made before has the dates of then.
          const words = reads && task.task !== undefined
            ? yield* understood({ ...task.task, project: draft.project })
            : draft.words
          return [{ draft, task, words }]
        })),
        Effect.mapError((failure) => atLine(line.number, failure))
      ),
    (lines) => {
      const added = lines.flat()
      return output.result({
        json: () => added.flatMap(({ task: { task } }) => task === undefined ? [] : taskJson(task)),
        quiet: () => added.map(({ task }) => String(task.number)),
        human: () => added.flatMap(({ draft, task, words }) => [headline("Added", task) + words, ...draft.others])
      })
    }
  )
  // What stops them all says by itself what was not tried.
  const isStopped = drafts.some((draft) => Result.isFailure(draft) && stopsAll(draft.failure))
  const told = Effect.suspend(() =>
    isWrong && !isStopped || refused !== undefined
      ? output.note(
        many === 0 ? "Nothing was added." : `The first ${many} were added, as operations of their own, and no other.`
      )
      : Effect.void
  )
  yield* Effect.tapError(adding, () => told)
})
