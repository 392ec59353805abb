import { type Command, Option } from "@commander-js/extra-typings"
import { SettingsPatch } from "@todo/domain/settings/Settings"
import { Effect, Struct } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { type Given, validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { ownOptions, refuseSettingAndClearing } from "../commandLine/OwnOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { printSettings } from "./SettingsOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) => {
  const set = parent.command("set")
    .description(withExamples(
      "Change the settings of your account",
      "todo settings set --time-zone Europe/Berlin",
      "todo settings set --week-start sun --day-ends-at 04:00"
    ))
    .option("--time-zone <zone>", "where you are, such as Europe/Berlin")
    .option("--no-time-zone", "forget where you are")
    .addOption(new Option("--week-start <day>", "when weeks begin").choices(["mon", "sat", "sun"] as const))
    .addOption(new Option("--date-order <order>", "how 2/10 is meant").choices(["ymd", "dmy", "mdy"] as const))
    .addOption(new Option("--language <language>", "in which words are read").choices(["en", "de"] as const))
    .option("--day-ends-at <time>", "when your days end, such as 04:00")
    .addOption(new Option("--new-tasks <place>", "where new tasks come").choices(["last", "first"] as const))
    .action((options) => dispatch({ changes: ownOptions(options) }))
  refuseSettingAndClearing(set)
}

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("settings.set")(function*({ changes }: {
  readonly changes: Given<typeof SettingsPatch.Encoded>
}) {
  if (Object.values(changes).every((change) => change === undefined)) {
    const names = Struct.keys(SettingsPatch.fields).map((name) =>
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    )
    return yield* usage(`Missing ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)
  }
  const payload = yield* validate(SettingsPatch, changes)
  const { settings } = yield* ApiClient
  const { body } = yield* settings.update({ headers: {}, payload })
  yield* printSettings(body)
})
