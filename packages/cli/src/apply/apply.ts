import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { collect } from "../commandLine/Collect.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { applyFiles, comparingExitCodes } from "./ApplyFiles.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("apply")
    .description(withExamples(
      "Make tasks as files say; again, that changes nothing",
      "todo apply -f release.yaml --dry-run",
      "todo apply -f release.yaml",
      "todo apply -f home.yaml -f work.json --set household --prune",
      "generate-tasks | todo apply -f -"
    ))
    .requiredOption("-f, --file <file>", "a file of YAML or JSON; - is stdin; may be given again", collect)
    .option("--dry-run", "print the plan, and do nothing: exit code 1 where there is something to do, 0 where not")
    .option("--prune", "move tasks of the set that are not in the files to the trash; asks on a terminal")
    .option("--set <name>", "the set that the tasks are of, where the files do not say it")
    .option("-y, --yes", "do not ask")
    .action(({ dryRun, file, prune, set, yes }) =>
      dispatch({ dryRun: dryRun === true, files: file, prune: prune === true, set, yes: yes === true })
    )

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("apply.apply")(function*({ dryRun, ...input }: {
  readonly dryRun: boolean
  readonly files: ReadonlyArray<string>
  readonly prune: boolean
  readonly set: string | undefined
  readonly yes: boolean
}) {
  yield* dryRun ? comparingExitCodes(applyFiles({ ...input, dryRun })) : applyFiles({ ...input, dryRun })
})
