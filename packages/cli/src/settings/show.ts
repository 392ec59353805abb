import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { printSettings } from "./SettingsOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples("Print the settings of your account", "todo settings", "todo settings --json"))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("settings.show")(function*(_input: {}) {
  const { settings } = yield* ApiClient
  // 304 is part of the contract, but answers `If-None-Match` only.
  const answer = yield* settings.get({ headers: {} })
  yield* printSettings(answer!.body)
})
