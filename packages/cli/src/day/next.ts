import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { withTyped } from "../tasks/ListFilter.ts"
import { printDay } from "./DayList.ts"
import { asItMatters, ready } from "./Ready.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("next")
    .description(withExamples(
      "List what can be done now, what matters most first",
      "todo next",
      "todo next 3 @home"
    ))
    .argument("[count]", "how many at the most", positiveInteger, 10)
    .argument("[filter...]", "one condition more, as `todo help filters` says")
    .action((count, filter) => dispatch({ count, filter }))

export const hintsOnLostResult = []

export const run = Effect.fn("day.next")(function*({ count, filter }: {
  readonly count: number
  readonly filter: ReadonlyArray<string>
}) {
  yield* printDay({
    isNarrowed: filter.length > 0,
    filter: withTyped(ready, filter),
    sort: asItMatters,
    limit: count,
    groupsOf: (tasks) => [{ heading: "Next", tasks }],
    none: "Nothing can be done now: `todo list` has what waits.",
    more: "There is more: `todo list ready` has all of it."
  })
})
