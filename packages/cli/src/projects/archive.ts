import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { projectRefs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { namedOrPickedProject } from "./PickProject.ts"
import { printProjects } from "./ProjectOutput.ts"
import { makeProjectResolver } from "./ProjectResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("archive")
    .description(
      withExamples(
        "Archive projects, with all that is below them: nothing can be added there",
        "todo project archive Work"
      )
    )
    .argument("[project...]", projectRefs)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("projects.archive")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const { projects } = yield* ApiClient
  const payload = { archived: true }
  const named = yield* namedOrPickedProject(refs, "Archive which project?", false)
  yield* forEachRef(
    named,
    yield* makeProjectResolver,
    ({ id }) => Effect.map(projects.update({ params: { id }, headers: {}, payload }), ({ body }) => body),
    printProjects("Archived", named)
  )
})
