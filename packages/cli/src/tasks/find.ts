import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { run as list } from "./list.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("find")
    .description(withExamples(
      "Find tasks, open and done, by words in what is said of them",
      "todo find rent",
      "todo find oat milk --limit 5"
    ))
    .argument("<words...>", "words of titles, descriptions, comments and tags; all of them")
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .action((words, { limit }) => dispatch({ words, limit }))

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.find")(function*({ limit, words }: {
  readonly words: ReadonlyArray<string>
  readonly limit: number | undefined
}) {
  yield* list({ state: "all", search: words.join(" "), limit })
})
