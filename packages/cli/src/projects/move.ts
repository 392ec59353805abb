import { type Command, Option } from "@commander-js/extra-typings"
import { ProjectMove } from "@todo/domain/projects/ProjectMove"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { projectRefs, withExamples } from "../commandLine/HelpText.ts"
import { ownOptions } from "../commandLine/OwnOptions.ts"
import { endOf, placeOptions } from "../commandLine/PlaceOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { movesOf } from "../refs/Moves.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { namedOrPickedProject } from "./PickProject.ts"
import { projectIdOf } from "./ProjectOption.ts"
import { makeProjectResolver } from "./ProjectResolver.ts"

const places = placeOptions("project", "project")

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("move")
    .description(withExamples(
      "Put projects in order, or below another",
      "todo project move Work --before Home",
      "todo project move Work Home --first",
      "todo project move Misc --parent Work",
      "todo project move Work/Misc --no-parent"
    ))
    .argument("[project...]", projectRefs)
    .addOption(places.before)
    .addOption(places.after)
    .addOption(places.first)
    .addOption(places.last)
    .addOption(
      new Option("--parent <project>", "below this project, as the last unless --first is given")
        .conflicts(["before", "after"])
    )
    .option("--no-parent", "at the top")
    .action((refs, { first, last, ...options }) => {
      const { after, before, parent } = ownOptions(options)
      return dispatch({ refs, at: endOf({ first, last }), before, after, parent })
    })

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("projects.move")(function*({ after, at, before, parent, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly at: "first" | "last" | undefined
  readonly parent?: string | null | undefined
}) {
  if ([before, after, at, parent].every((place) => place === undefined)) {
    return yield* usage("Missing --before, --after, --first, --last or --parent")
  }
  const { projects } = yield* ApiClient
  const named = yield* namedOrPickedProject(refs, "Move which project?")
  if (named.length === 0) return
  const { moved, where } = yield* movesOf(yield* makeProjectResolver, named, { before, after, at })
  const payload = yield* validate(ProjectMove, { ...where, parentId: yield* projectIdOf(parent) })
  const { body: { items } } = yield* projects.move({ headers: {}, payload })
  yield* (yield* Output).result({
    json: () => items,
    quiet: () => items.map(({ id }) => id),
    human: () => moved.map(({ name }) => `Moved project ${printable(name)}`)
  })
})
