import { type Command, Option } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Output } from "../terminal/Output.ts"
import { imported } from "./Importing.ts"
import { type Source, sources } from "./Sources.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("import")
    .description(withExamples(
      "Take in what was exported, here or by another program",
      "todo import backup.json --dry-run",
      "task export | todo import -",
      "todo import Home.csv --from todoist"
    ))
    .argument("<file>", "what to import; - is stdin")
    .addOption(new Option("--from <program>", "what wrote the file, where that is not seen").choices(sources))
    .option("-n, --dry-run", "say what would be done, and do nothing")
    .option("--partial", "leave out what cannot be imported, where otherwise nothing is")
    .option("--overwrite", "change what is there and differs, where otherwise it stays")
    .action((file, { dryRun, from, overwrite, partial }) =>
      dispatch({
        file,
        from: from as Source | undefined,
        dryRun: dryRun === true,
        partial: partial === true,
        overwrite: overwrite === true
      })
    )

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("transfer.import")(function*(wanted: {
  readonly file: string
  readonly from: Source | undefined
  readonly dryRun: boolean
  readonly partial: boolean
  readonly overwrite: boolean
}) {
  const { human, json, quiet } = yield* imported(wanted)
  yield* (yield* Output).result({ json, quiet, human })
})
