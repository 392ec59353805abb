import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { printAccountSetting } from "./AccountSetting.ts"
import { configIn } from "./ConfigInUse.ts"
import { configKeys, isAccountKey, valueAt } from "./ConfigKeys.ts"
import { type EffectiveValue, effectiveValue, shownValue } from "./EffectiveValue.ts"
import { knownKey } from "./KnownKey.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("get")
    .description(withExamples(
      "Print what counts for a key; nothing is kept for it where this ends with 3",
      "todo config get list.sort",
      "todo config get aliases.week",
      "todo config get zone"
    ))
    .argument("<key>", "a key as `todo config list` has it")
    .action((key) => dispatch({ key }))

export const hintsOnLostResult = []

export const run = Effect.fn("config.get")(function*({ key }: { readonly key: string }) {
  if (isAccountKey(key)) return yield* printAccountSetting(key)
  yield* knownKey(key)
  const { configDirectory } = yield* Settings
  const config = yield* configIn(configDirectory)
  const known = configKeys[key]
  const found: EffectiveValue = known === undefined
    ? { key, value: valueAt(config, key) ?? null, source: "config" }
    : effectiveValue(key, known, config, process.env)
  if (found.value === null) return yield* nothingFor(key)
  const text = shownValue(found.value)
  yield* (yield* Output).result({
    json: () => found,
    quiet: () => [printable(text)],
    human: () => [printable(text)]
  })
})

/** Told apart by its exit code from what is kept. */
const nothingFor = (key: string) =>
  new Failure({
    exitCode: ExitCode.notFound,
    code: "not_configured",
    message: `Nothing is kept for ${key}`,
    status: null,
    hints: [`\`todo config set ${key}\` has a value kept.`]
  })
