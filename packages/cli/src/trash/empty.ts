import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { askConfirmation } from "../terminal/Prompt.ts"
import { unasked } from "../terminal/Unasked.ts"
import { allTrash } from "./AllTrash.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("empty")
    .description(withExamples(
      "Delete all that is in the trash for good, which nothing undoes; asks unless --yes",
      "todo trash empty",
      "todo trash empty --yes"
    ))
    .option("-y, --yes", "do not ask")
    .action(({ yes }) => dispatch({ yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("trash.empty")(function*({ yes }: { readonly yes: boolean }) {
  const { interactive } = yield* Settings
  if (!interactive && !yes) return yield* unasked("Missing --yes, for what nothing undoes", "`todo trash` lists it.")
  const output = yield* Output
  const { trash } = yield* ApiClient
  const asked = interactive && !yes ? (yield* allTrash()).length : undefined
  const agreed = asked === undefined || asked > 0 && (yield* askConfirmation(`Delete ${tasks(asked)} for good?`))
  const count = agreed ? (yield* trash.empty({ headers: {} })).body.count : 0
  yield* output.result({
    json: () => ({ count }),
    quiet: () => [String(count)],
    human: () => [
      count > 0
        ? `Deleted ${tasks(count)} for good`
        : asked === undefined || asked === 0
        ? "The trash is empty"
        : `Kept ${tasks(asked)} in the trash`
    ]
  })
})

const tasks = (count: number): string => count === 1 ? "1 task" : `${count} tasks`
