import { Argument, type Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { changeFiles, chosenShell, printChanges } from "./ChosenShell.ts"
import { putScript } from "./InstalledFile.ts"
import { scripts } from "./Scripts.ts"
import { type Shell, shells } from "./Shells.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("install")
    .description(withExamples(
      "Put the script where your shell reads it",
      "todo completion install",
      "todo completion install zsh"
    ))
    .addArgument(new Argument("[shell]", "which shell; that of SHELL by itself").choices(shells))
    .action((shell) => dispatch({ shell }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("completion.install")(function*({ shell: named }: { readonly shell: Shell | undefined }) {
  const shell = yield* chosenShell(named)
  const files = yield* changeFiles(shell, (installation) => putScript(installation, scripts[shell]))
  yield* printChanges(shell, files, "Shells that you open from now on complete todo.")
})
