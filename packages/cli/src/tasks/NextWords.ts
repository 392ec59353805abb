import type { Task } from "@todo/domain/tasks/Task"
import { Clock, Effect } from "effect"
import { dueWords } from "./DueWords.ts"
import { placeFor } from "./Place.ts"

/** What is said of tasks of which one of the dates is over, where they repeat: which one is the next. */
export const nextWords = Effect.fn("nextWords")(function*(tasks: ReadonlyArray<Task>) {
  const now = yield* Clock.currentTimeMillis
  const place = yield* placeFor(tasks.filter(({ repeat }) => repeat !== null))
  return ({ completed, due, dueAt, repeat }: Task): string =>
    repeat === null || due === null
      ? ""
      : completed
      ? ", for the last time"
      : `, next ${dueWords(due, dueAt, now, place)}`
})
