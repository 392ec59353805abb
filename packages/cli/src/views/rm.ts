import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { viewRefs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { viewResolver } from "../refs/ViewResolver.ts"
import { given } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { namedOrPickedView } from "./PickView.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples("Delete a view, and none of its tasks", "todo view rm Now"))
    .argument("[view]", viewRefs)
    .action((view) => dispatch({ view }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("views.rm")(function*({ view }: { readonly view: string | undefined }) {
  const output = yield* Output
  const { views } = yield* ApiClient
  const [named] = yield* namedOrPickedView(given(view), "Delete which view?")
  if (named === undefined) return
  const { id, name } = yield* (yield* viewResolver)(named)
  yield* views.remove({ params: { id }, headers: {} })
  yield* output.result({
    json: () => ({ deleted: [{ id, name }] }),
    quiet: () => [id],
    human: () => [`Deleted view ${printable(name)}`]
  })
})
