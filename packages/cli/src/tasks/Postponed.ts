import type { Task } from "@todo/domain/tasks/Task"
import { Clock, Effect } from "effect"
import { rangesIn } from "../refs/Ranges.ts"
import { parseRef } from "../refs/Ref.ts"
import { dueWords } from "./DueWords.ts"
import { placeFor } from "./Place.ts"

const isRef = (word: string) => parseRef(word) !== undefined || rangesIn(word) !== undefined

/** What comes first is a ref, and so are numbers and ids right behind it; the rest is the day. */
export const partsOf = (words: ReadonlyArray<string>, hasFilter: boolean) => {
  const end = words.findIndex((word, index) => (hasFilter || index > 0) && !isRef(word))
  const cut = end < 0 ? words.length : end
  return { refs: words.slice(0, cut), day: words.slice(cut).join(" ") }
}

/** When each is due now. */
export const until = Effect.fn("until")(function*(tasks: ReadonlyArray<Task>) {
  const now = yield* Clock.currentTimeMillis
  const place = yield* placeFor(tasks)
  return ({ due, dueAt }: Task): string => due === null ? "" : ` · ${dueWords(due, dueAt, now, place)}`
})
