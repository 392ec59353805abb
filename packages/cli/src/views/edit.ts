import type { Command } from "@commander-js/extra-typings"
import { ViewPatch } from "@todo/domain/views/View"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { viewRefs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { viewResolver } from "../refs/ViewResolver.ts"
import { pointingAtWord } from "../tasks/FilterFailure.ts"
import { given } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { namedOrPickedView } from "./PickView.ts"
import { viewJson, viewParts } from "./ViewOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("edit")
    .description(withExamples(
      "Change a view",
      "todo view edit Now --filter 'p1 and not @waiting'",
      "todo view edit Now --name Soon --no-sort"
    ))
    .argument("[view]", viewRefs)
    .option("--name <name>", "what it is called")
    .option("--filter <filter>", "which tasks it lists")
    .option("--sort <keys>", "in which order")
    .option("--no-sort", "in no order of its own")
    .action((view, { filter, name, sort }) => dispatch({ view, name, filter, sort: ofSort(sort) }))

/** `--no-sort` is false, which commander has no type for beside a text. */
const ofSort = (sort: string | boolean | undefined) => sort === false ? null : sort === true ? undefined : sort

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("views.edit")(function*({ view, ...change }: {
  readonly view: string | undefined
  readonly name: string | undefined
  readonly filter: string | undefined
  readonly sort: string | null | undefined
}) {
  const output = yield* Output
  const { views } = yield* ApiClient
  if (Object.values(change).every((value) => value === undefined)) {
    return yield* usage("Nothing to change", "Say what: --name, --filter, --sort or --no-sort.")
  }
  const payload = yield* validate(ViewPatch, change)
  const [named] = yield* namedOrPickedView(given(view), "Change which view?")
  if (named === undefined) return
  const { id } = yield* (yield* viewResolver)(named)
  const { body } = yield* Effect.mapError(
    views.update({ params: { id }, payload, headers: {} }),
    pointingAtWord({ filter: change.filter, sort: change.sort ?? undefined })
  )
  yield* output.result({
    json: () => viewJson(body),
    quiet: () => [body.id],
    human: () => [`Changed view ${viewParts(body).filter((part) => part !== "").join("  ")}`]
  })
})
