import { ScriptToken } from "@todo/domain/tokens/ScriptToken"
import { Clock, Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { allTokens } from "./AllTokens.ts"
import { renderTokens } from "./TokenTable.ts"

const tokenJson = Schema.encodeSync(lenient(ScriptToken))

export const tokenList = Effect.fn("tokenList")(function*(_input: {}) {
  const settings = yield* Settings
  const output = yield* Output
  const items = yield* allTokens()
  const now = yield* Clock.currentTimeMillis
  yield* output.result({
    json: () => items.map((token) => tokenJson(token)),
    quiet: () => items.map(({ id }) => id),
    human: () => renderTokens(items, { ...settings, now })
  })
  if (items.length === 0) yield* output.note("No tokens. Make one with `todo token create`.")
})
