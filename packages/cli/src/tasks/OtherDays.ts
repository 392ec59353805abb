import { Effect, Option } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { forRemark } from "../client/ForRemark.ts"
import { listed } from "../client/Listed.ts"
import { Output } from "../terminal/Output.ts"

const namesDay = /\b(?:start|due|created|changed|completed)\b/i
const hasOther = /\(\d{4}-\d\d-\d\d, not \d{4}-\d\d-\d\d\)/

/** Says how a filter was understood, where a day of it may be another one. */
export const sayOtherDays = Effect.fn("sayOtherDays")(function*(filter: string) {
  if (!namesDay.test(filter)) return
  const { tasks } = yield* ApiClient
  const asked = tasks.query({ payload: { filter, explain: true, limit: 1 }, headers: {} })
  const answer = yield* forRemark(Effect.map(asked, (answer) => listed(answer).explanation?.meaning))
  const meaning = Option.getOrUndefined(answer)
  if (meaning !== undefined && hasOther.test(meaning)) yield* (yield* Output).note(meaning)
})
