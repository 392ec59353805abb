import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { configFileIn } from "./ConfigFile.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("path")
    .description(withExamples("Print where that is kept", "todo config path"))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("config.path")(function*(_input: {}) {
  const path = configFileIn((yield* Settings).configDirectory)
  yield* (yield* Output).result({
    json: () => ({ path }),
    quiet: () => [printable(path)],
    human: () => [printable(path)]
  })
})
