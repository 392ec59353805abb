import { Argument, type Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { changeFiles, chosenShell, printChanges } from "./ChosenShell.ts"
import { removeScript } from "./InstalledFile.ts"
import { type Shell, shells } from "./Shells.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("uninstall")
    .description(withExamples("Take that away again", "todo completion uninstall", "todo completion uninstall zsh"))
    .addArgument(new Argument("[shell]", "which shell; that of SHELL by itself").choices(shells))
    .action((shell) => dispatch({ shell }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("completion.uninstall")(function*({ shell: named }: {
  readonly shell: Shell | undefined
}) {
  const shell = yield* chosenShell(named)
  const files = yield* changeFiles(shell, removeScript)
  yield* printChanges(shell, files, "Shells that you open from now on complete todo no more.")
})
