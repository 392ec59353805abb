import { NewTask, type Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { validate } from "../client/Validation.ts"
import { Failure } from "../failures/Failure.ts"
import { forEachThing, stopsAll } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { type Line, readNonblankLines } from "../terminal/StandardInput.ts"
import { headline, taskJson } from "./TaskOutput.ts"

/** What went wrong with one line, and which it was. */
const atLine = (number: number, failure: Failure): Failure =>
  new Failure({
    ...failure,
    message: `Line ${number}: ${failure.message}`,
    hints: stopsAll(failure) ? [...failure.hints, `What stands below line ${number} was not tried.`] : failure.hints
  })

/** Adds a task for each line of stdin. What is wrong with a line is told with its number, and the others are added. */
export const addLines = Effect.fnUntraced(function*(idempotencyKey: string | undefined) {
  const { interactive } = yield* Settings
  const output = yield* Output
  const tasks = yield* (yield* ApiClient).tasks
  if (interactive) yield* output.note("A task a line; Ctrl-D ends.")
  const key = yield* keyFor(idempotencyKey)
  const lines = yield* readNonblankLines
  if (lines.length === 0) yield* output.note("Nothing came in on stdin: no task was added.")

  const addLine = Effect.fnUntraced(function*({ number, text }: Line): Effect.fn.Return<Task, Failure, Settings> {
    // Each line has a key of its own: whoever runs it again with the same key and lines adds nothing twice.
    const headers = { "idempotency-key": yield* keyFor(`${key}-${number}`) }
    const payload = yield* validate(NewTask, { title: yield* text })
    return (yield* repeatable(tasks.create({ headers, payload }), key)).body
  })

  yield* forEachThing(
    lines,
    (line) => Effect.mapError(addLine(line), (failure) => atLine(line.number, failure)),
    (added) =>
      output.result({
        json: () => added.map((task) => taskJson(task)),
        quiet: () => added.map(({ number }) => String(number)),
        human: () => added.map((task) => headline("Added", task))
      })
  )
})
