import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { withTyped } from "../tasks/ListFilter.ts"
import { printDay } from "./DayList.ts"
import { asItIsDue, dueByToday, lateAndToday } from "./LateAndToday.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("today")
    .description(withExamples(
      "List what is late, and what is due or starts today",
      "todo today",
      "todo today not @work",
      "todo today --quiet | xargs -r todo done"
    ))
    .argument("[filter...]", "one condition more, as `todo help filters` says")
    .action((filter) => dispatch({ filter }))

export const hintsOnLostResult = []

export const run = Effect.fn("day.today")(function*({ filter }: { readonly filter: ReadonlyArray<string> }) {
  yield* printDay({
    isNarrowed: filter.length > 0,
    filter: withTyped(dueByToday, filter),
    sort: asItIsDue,
    groupsOf: lateAndToday,
    none: "Nothing is due today. `todo next` has what can be done, `todo upcoming` what comes."
  })
})
