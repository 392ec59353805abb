import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { viewRefs, withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { run as list } from "../tasks/list.ts"
import { given } from "../terminal/Missing.ts"
import { namedOrPickedView } from "./PickView.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples("List the tasks of a view: todo list --view", "todo view show Now"))
    .argument("[view]", viewRefs)
    .action((view) => dispatch({ view }))

export const hintsOnLostResult = []

export const run = Effect.fn("views.show")(function*({ view }: { readonly view: string | undefined }) {
  const [named] = yield* namedOrPickedView(given(view), "Which view?")
  if (named !== undefined) yield* list({ state: "open", view: named, limit: undefined })
})
