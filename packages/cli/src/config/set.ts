import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { commandNames } from "../commandLine/CommandNames.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { setAccountSetting } from "./AccountSetting.ts"
import { objectionToAlias } from "./Aliases.ts"
import { changeConfig } from "./ChangeConfig.ts"
import { objectionTo } from "./ConfigFile.ts"
import { aliasIn, configKeys, type ConfigValue, isAccountKey } from "./ConfigKeys.ts"
import { knownKey } from "./KnownKey.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("set")
    .description(withExamples(
      "Have a value kept for a key, or a command line for an alias",
      "todo config set list.sort due,priority",
      "todo config set color never",
      "todo config set aliases.errands \"list @errand or @shopping\"",
      "todo config set week sun"
    ))
    .argument("<key>", "a key as `todo config list` has it, or aliases. and a name")
    .addArgument(new TextArgument("<value...>", "the value; words are joined"))
    .action((key, value) => dispatch({ key, value: value.join(" "), commands: commandNames(parent) }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("config.set")(function*({ commands, key, value }: {
  readonly key: string
  readonly value: string
  readonly commands: ReadonlyArray<string>
}) {
  if (isAccountKey(key)) return yield* setAccountSetting(key, value)
  yield* knownKey(key)
  const typed = configKeys[key]?.typed(value) ?? value
  const objection = objectionTo(key, typed)
  if (objection !== undefined) return yield* usage(objection.message)
  const alias = aliasIn(key)
  const about = alias === undefined ? undefined : objectionToAlias(alias, value, commands)
  if (about !== undefined) return yield* usage(about)
  yield* changeConfig(key, typed as ConfigValue)
})
