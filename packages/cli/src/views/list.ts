import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { allViews } from "../refs/AllViews.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderTable } from "../terminal/Table.ts"
import { viewJson, viewParts } from "./ViewOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(
      withExamples("List your views, in their order", "todo view list", "todo view list --json | jq -r '.[].filter'")
    )
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("views.list")(function*(_input: {}) {
  const output = yield* Output
  const settings = yield* Settings
  const views = yield* allViews()
  const columns = [0, 1, 2].map((part) => ({
    text: (view: typeof views[number]) => viewParts(view)[part]!,
    ...part === 1 && { flexible: true as const }
  }))
  yield* output.result({
    json: () => views.map((view) => viewJson(view)),
    quiet: () => views.map(({ id }) => id),
    human: () => renderTable(views, columns, settings)
  })
  if (views.length === 0) yield* output.note("No views. Keep a list by a name with `todo view add`.")
})
