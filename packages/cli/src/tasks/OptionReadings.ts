import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { forRemark } from "../client/ForRemark.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import type { DateOptions } from "./DateOptions.ts"
import { otherReadings } from "./Understood.ts"

/** What is in figures from the year on has one reading. */
const isExact = /^(?:\d{4}-\d\d-\d\d\b|(?:RRULE:)?FREQ=)/i

/** Says what else the words of options may mean. Nobody is told where they do not look, and nothing fails by it. */
export const sayOtherReadings = Effect.fn("sayOtherReadings")(
  function*({ due, repeat, start }: Pick<DateOptions, "due" | "repeat" | "start">) {
    const { json, quiet } = yield* Settings
    const given = ([["due:", due], ["start:", start], ["", repeat]] as const).flatMap(([field, text]) =>
      typeof text === "string" && text !== "" && !isExact.test(text.trim()) ? [`x ${field}${text}`] : []
    )
    if (json || quiet) return
    const { quick } = yield* ApiClient
    const output = yield* Output
    for (const text of given) {
      const read = yield* forRemark(quick.parse({ headers: {}, payload: { text } }))
      if (read._tag === "None") continue
      const { parsed } = read.value
      // That the words may be a part of a title is no question here.
      const alternatives = parsed.alternatives.filter(({ value }) => value !== null)
      yield* Effect.forEach(otherReadings(text, { ...parsed, alternatives }), output.note, { discard: true })
    }
  }
)
