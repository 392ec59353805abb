import type { Command } from "@commander-js/extra-typings"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { printScript } from "./PrintScript.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("fish")
    .description(
      withExamples(
        "Print the script for fish",
        "todo completion install fish",
        "todo completion fish > ~/.config/fish/completions/todo.fish"
      )
    )
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = printScript("fish")
