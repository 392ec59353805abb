import type { Due } from "@todo/domain/dates/Due"
import { maxQuickLength } from "@todo/domain/quick/Quick"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import type { Entry } from "./Entries.ts"

/** Words for a repetition that are to be read, and the date that it goes on from. */
export interface SpokenRepeat {
  readonly entry: Entry
  readonly words: string
  readonly due: Due
}

/** What words say; a text where it is nothing that a repetition has. */
export type ReadRepeat = { readonly rule: string; readonly from: "schedule" | "completion" } | string

/** A title that no word is read of. */
const title = "x"
/** So many are read in one request, two lines each. */
const atOnce = 50

const lineOf = ({ due, words }: SpokenRepeat): string =>
  `${title} due:${due.date}${"time" in due ? `T${due.time}` : ""} ${words}`

/** Has the service read words for repetitions, in the language of the account. */
export const readRepeats = Effect.fn("readRepeats")(function*(spoken: ReadonlyArray<SpokenRepeat>) {
  const read = new Map<Entry, ReadRepeat>()
  const { quick } = yield* ApiClient
  const fitting = spoken.filter((one) => {
    if (!/[\r\n\\]|\/\//.test(one.words)) return true
    read.set(one.entry, "These are no words for a repetition")
    return false
  })
  for (let from = 0; from < fitting.length; from += atOnce) {
    const part = fitting.slice(from, from + atOnce)
    // The second says by itself whether there is a time in the words.
    const text = part.flatMap((one) => [lineOf(one), `${title} ${one.words}`]).join("\n").slice(0, maxQuickLength)
    const { tasks } = yield* asFailure(quick.parse({ headers: {}, payload: { text } }))
    for (const [index, { due, entry }] of part.entries()) {
      const [whole, alone] = [tasks[2 * index], tasks[2 * index + 1]]
      const isOther = whole === undefined || whole.title !== title || whole.repeat === null ||
        whole.tags.length > 0 || whole.project !== null || whole.priority !== null
      const time = alone?.due != null && "time" in alone.due ? alone.due.time : undefined
      read.set(
        entry,
        isOther
          ? "These are no words for a repetition"
          : time !== undefined && !("time" in due && due.time === time)
          ? `The time, ${time}, is for due to say`
          : { rule: whole.repeat.rule, from: whole.repeat.from }
      )
    }
  }
  return read
})
