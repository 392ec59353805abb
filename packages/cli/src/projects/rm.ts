import { type Command, Option } from "@commander-js/extra-typings"
import type { Project } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { projectRefs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { deepestFirst } from "./DeepestFirst.ts"
import { namedOrPickedProject } from "./PickProject.ts"
import { projectIdOf } from "./ProjectOption.ts"
import { makeProjectResolver } from "./ProjectResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples(
      "Delete projects, which undo brings back; asks on a terminal",
      "todo project rm Trip",
      "todo project rm Trip --trash",
      "todo project rm Trip --move-to inbox"
    ))
    .argument("[project...]", projectRefs)
    .addOption(new Option("--trash", "with what is in them: tasks go to the trash").conflicts("moveTo"))
    .option("--move-to <project>", "after what is in them has moved to that project, or to inbox")
    .option("-y, --yes", "do not ask")
    .action((refs, { moveTo, trash, yes }) => dispatch({ refs, moveTo, trash: trash === true, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("projects.rm")(function*({ moveTo, refs, trash, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly moveTo: string | undefined
  readonly trash: boolean
  readonly yes: boolean
}) {
  const output = yield* Output
  const { projects } = yield* ApiClient
  const target = yield* projectIdOf(moveTo)
  const query = trash
    ? { contents: "trash" as const }
    : target === undefined
    ? {}
    : { contents: "move" as const, to: target ?? "inbox" as const }
  yield* forEachRef(
    yield* deepestFirst(yield* namedOrPickedProject(refs, "Delete which project?")),
    yield* makeProjectResolver,
    (project) => Effect.as(projects.remove({ params: { id: project.id }, query, headers: {} }), project),
    (deleted) =>
      output.result({
        json: () => ({ deleted: deleted.map(({ id, name }) => ({ id, name })) }),
        quiet: () => deleted.map(({ id }) => id),
        human: () => deleted.map((project) => headline("Deleted", project))
      }),
    yield* agreement<Project>({ yes, verb: "Delete", things: "projects", headline })
  )
})

const headline = (word: string, { name }: Project): string => `${word} project ${printable(name)}`
