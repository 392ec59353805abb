import { Effect } from "effect"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { configFailure, configIn } from "./ConfigInUse.ts"
import { configKeys, type ConfigValue, withValue } from "./ConfigKeys.ts"
import { shownValue } from "./EffectiveValue.ts"
import { writeConfig } from "./WrittenConfig.ts"

/** Has a value kept for a key, or nothing any more, and says what hides it. */
export const changeConfig = Effect.fn("changeConfig")(function*(key: string, value: ConfigValue | undefined) {
  const { configDirectory } = yield* Settings
  const output = yield* Output
  const config = yield* configIn(configDirectory)
  yield* Effect.try({
    try: () => writeConfig(configDirectory, withValue(config, key, value)),
    catch: configFailure
  })
  const text = value === undefined ? "" : shownValue(value)
  yield* output.result({
    json: () => ({ key, value: value ?? null, source: "config" }),
    quiet: () => [],
    human:
      () => [value === undefined ? `Nothing is kept for ${printable(key)}` : `${printable(key)} = ${printable(text)}`]
  })
  const hiding = configKeys[key]?.variables.find((name) => (process.env[name] ?? "") !== "")
  if (hiding !== undefined) yield* output.note(`${hiding} is set, and goes before it.`)
})
