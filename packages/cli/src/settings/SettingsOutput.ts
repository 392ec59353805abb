import { Settings } from "@todo/domain/settings/Settings"
import { Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

const settingsJson = Schema.encodeSync(lenient(Settings))

/** Prints all settings. */
export const printSettings = Effect.fnUntraced(function*(settings: Settings) {
  const { dateOrder, dayEndsAt, language, newTasks, timeZone, weekStart } = settings
  yield* (yield* Output).result({
    json: () => settingsJson(settings),
    quiet: () => [timeZone ?? ""],
    human: () => [
      `Time zone    ${timeZone === null ? "not set: UTC" : printable(timeZone)}`,
      `Week starts  ${weekStart}`,
      `Date order   ${dateOrder}`,
      `Language     ${language}`,
      `Day ends at  ${dayEndsAt}`,
      `New tasks    ${newTasks}`
    ]
  })
})
