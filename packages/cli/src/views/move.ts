import type { Command } from "@commander-js/extra-typings"
import { ViewMove } from "@todo/domain/views/ViewMove"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { viewRefs, withExamples } from "../commandLine/HelpText.ts"
import { endOf, placeOptions } from "../commandLine/PlaceOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { movesOf } from "../refs/Moves.ts"
import { viewResolver } from "../refs/ViewResolver.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { namedOrPickedView } from "./PickView.ts"

const places = placeOptions("view", "view")

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("move")
    .description(withExamples(
      "Put views in order",
      "todo view move Now --first",
      "todo view move Now Soon --after Today"
    ))
    .argument("[view...]", viewRefs)
    .addOption(places.before)
    .addOption(places.after)
    .addOption(places.first)
    .addOption(places.last)
    .action((refs, { after, before, first, last }) => dispatch({ refs, before, after, at: endOf({ first, last }) }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("views.move")(function*({ after, at, before, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly before: string | undefined
  readonly after: string | undefined
  readonly at: "first" | "last" | undefined
}) {
  if ([before, after, at].every((place) => place === undefined)) {
    return yield* usage("Missing --before, --after, --first or --last")
  }
  const { views } = yield* ApiClient
  const named = yield* namedOrPickedView(refs, "Move which view?")
  if (named.length === 0) return
  const { moved, where } = yield* movesOf(yield* viewResolver, named, { before, after, at })
  const payload = yield* validate(ViewMove, where)
  const { body: { items } } = yield* views.move({ headers: {}, payload })
  yield* (yield* Output).result({
    json: () => items,
    quiet: () => items.map(({ id }) => id),
    human: () => moved.map(({ name }) => `Moved view ${printable(name)}`)
  })
})
