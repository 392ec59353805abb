import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { setAccountSetting } from "./AccountSetting.ts"
import { changeConfig } from "./ChangeConfig.ts"
import { isAccountKey } from "./ConfigKeys.ts"
import { knownKey } from "./KnownKey.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("unset")
    .description(withExamples(
      "Keep nothing for a key any more",
      "todo config unset list.sort",
      "todo config unset aliases.errands"
    ))
    .argument("<key>", "a key as `todo config list` has it")
    .action((key) => dispatch({ key }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("config.unset")(function*({ key }: { readonly key: string }) {
  if (isAccountKey(key)) return yield* setAccountSetting(key, null)
  yield* knownKey(key)
  yield* changeConfig(key, undefined)
})
