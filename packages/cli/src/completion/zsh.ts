import type { Command } from "@commander-js/extra-typings"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { printScript } from "./PrintScript.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("zsh")
    .description(
      withExamples("Print the script for zsh", "todo completion install zsh", "todo completion zsh > ~/.zfunc/_todo")
    )
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = printScript("zsh")
