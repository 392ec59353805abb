import { NewTask, type Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { Failure } from "../Failure.ts"
import { forEachThing, isGeneral } from "../ForEach.ts"
import { type ApiError, failureOf } from "../HttpFailure.ts"
import { Output } from "../Output.ts"
import { Settings } from "../Settings.ts"
import { type Line, readNonblankLines } from "../StandardInput.ts"
import { headline, taskJson } from "../TaskOutput.ts"
import { validate } from "../Validation.ts"

/** What went wrong with one line, and which it was. */
const atLine = (number: number, failure: Failure): Failure =>
  new Failure({
    ...failure,
    message: `Line ${number}: ${failure.message}`,
    hints: isGeneral(failure) ? [...failure.hints, `What stands below line ${number} was not tried.`] : failure.hints
  })

/** Adds a task for each line of stdin. What is wrong with a line is told with its number, and the others are added. */
export const addLines = Effect.fn("addLines")(function*(_input: {}) {
  const { apiUrl, interactive } = yield* Settings
  const output = yield* Output
  const tasks = yield* (yield* ApiClient).tasks
  if (interactive) yield* output.note("A task a line; Ctrl-D ends.")
  const lines = yield* readNonblankLines

  const addLine = Effect.fnUntraced(function*({ text }: Line): Effect.fn.Return<Task, ApiError> {
    const payload = yield* validate(NewTask, { title: yield* text })
    return (yield* tasks.create({ headers: {}, payload })).body
  })

  yield* forEachThing(
    lines,
    (line) =>
      addLine(line).pipe(
        Effect.catch((error) => Effect.flip(failureOf(error, apiUrl))),
        Effect.mapError((failure) => atLine(line.number, failure))
      ),
    (added) =>
      output.result({
        json: () => added.map((task) => taskJson(task)),
        quiet: () => added.map(({ number }) => String(number)),
        human: () => added.map((task) => headline("Added", task))
      })
  )
})
