import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderTable } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { accountSettings } from "./AccountSetting.ts"
import { configIn } from "./ConfigInUse.ts"
import { configKeys } from "./ConfigKeys.ts"
import { type EffectiveValue, effectiveValue, shownValue } from "./EffectiveValue.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples("List what counts on this machine, and who says so", "todo config", "todo config --json"))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("config.list")(function*(_input: {}) {
  const settings = yield* Settings
  const output = yield* Output
  const config = yield* configIn(settings.configDirectory)
  const ofAccount = yield* accountSettings()
  const values: ReadonlyArray<EffectiveValue> = [
    ...Object.entries(configKeys).map(([key, known]) => effectiveValue(key, known, config, process.env)),
    ...Object.entries(config.aliases ?? {}).map(([name, value]) => ({
      key: `aliases.${name}`,
      value,
      source: "config"
    })),
    ...ofAccount.map(({ value = null, ...setting }) => ({ ...setting, value }))
  ]
  yield* output.result({
    json: () => values,
    quiet: () => values.map(({ key }) => key),
    human: () =>
      renderTable(values, [
        { text: ({ key }) => printable(key) },
        { text: ({ value }) => printable(shownValue(value)), flexible: true },
        { text: ({ source }) => source }
      ], settings)
  })
  if (ofAccount.some(({ value }) => value === undefined)) {
    yield* output.note("What the account keeps is not known: nobody is signed in, or the service is away.")
  }
})
