import type { Command } from "@commander-js/extra-typings"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { printScript } from "./PrintScript.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("powershell")
    .description(
      withExamples(
        "Print the script for PowerShell",
        "todo completion install powershell",
        "todo completion powershell >> $PROFILE"
      )
    )
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = printScript("powershell")
