import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { writeJson } from "../offline/Told.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { ownQueue } from "./OwnQueue.ts"
import { allOf, labelOf, type Named, queueResolver } from "./QueueResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("drop")
    .description(withExamples(
      "Give up what waits or was refused: it is never sent",
      "todo queue drop 3f9a2c",
      "todo queue drop +1",
      "todo queue drop --all --yes"
    ))
    .argument("[ref...]", "+1, or the first 6 or more characters of what `todo queue` shows last")
    .option("--all", "all of it")
    .option("-y, --yes", "do not ask")
    .action((refs, { all, yes }) => dispatch({ refs, all: all === true, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("queue.drop")(function*({ all, refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly all: boolean
  readonly yes: boolean
}) {
  const output = yield* Output
  const queue = yield* ownQueue()
  if (all === refs.length > 0) return yield* usage("Give what to drop, or --all", "`todo queue` lists it.")
  yield* forEachRef(
    all ? allOf(queue).map(({ id }) => id) : refs,
    yield* queueResolver(queue),
    (named) => Effect.sync(() => (queue.drop(named), named)),
    (dropped) =>
      output.result({
        json: () => ({ dropped: dropped.map(({ write }) => writeJson(write)) }),
        quiet: () => dropped.map(({ id }) => id),
        human: () => dropped.map((named) => `Dropped  ${labelOf(named)}`)
      }),
    yield* agreement<Named>({
      yes,
      verb: "Drop",
      things: "writes",
      headline: (word, named) => `${word}  ${labelOf(named)}`
    })
  )
})
