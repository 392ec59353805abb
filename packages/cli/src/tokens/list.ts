import type { Command } from "@commander-js/extra-typings"
import { ScriptToken } from "@todo/domain/tokens/ScriptToken"
import { Clock, Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { allTokens } from "./AllTokens.ts"
import { renderTokens } from "./TokenTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List your tokens that have not ended, newest first; never their secrets",
      "todo token list",
      "todo token list --json | jq -r '.[].name'"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("tokens.list")(function*(_input: {}) {
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

const tokenJson = Schema.encodeSync(lenient(ScriptToken))
