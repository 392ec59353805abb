import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { withTyped } from "../tasks/ListFilter.ts"
import { printDay } from "./DayList.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("inbox")
    .description(withExamples(
      "List what is in no project",
      "todo inbox",
      "todo inbox --quiet | xargs -r todo edit --project Home"
    ))
    .argument("[filter...]", "one condition more, as `todo help filters` says")
    .action((filter) => dispatch({ filter }))

export const hintsOnLostResult = []

export const run = Effect.fn("day.inbox")(function*({ filter }: { readonly filter: ReadonlyArray<string> }) {
  yield* printDay({
    isNarrowed: filter.length > 0,
    filter: withTyped("in:inbox", filter),
    sort: "position",
    groupsOf: (tasks) => [{ heading: "Inbox", tasks }],
    none: "The Inbox is empty."
  })
})
