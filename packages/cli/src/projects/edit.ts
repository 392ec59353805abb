import type { Command } from "@commander-js/extra-typings"
import { ProjectPatch } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { projectRefs, withExamples } from "../commandLine/HelpText.ts"
import { ownOptions, refuseSettingAndClearing } from "../commandLine/OwnOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { given } from "../terminal/Missing.ts"
import { unasked } from "../terminal/Unasked.ts"
import { namedOrPickedProject } from "./PickProject.ts"
import { projectIdOf } from "./ProjectOption.ts"
import { printProjects } from "./ProjectOutput.ts"
import { makeProjectResolver } from "./ProjectResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) => {
  const edit = parent.command("edit")
    .description(withExamples(
      "Change a project: rename it, or put it below another",
      "todo project edit Work --name Office",
      "todo project edit Misc --parent Office",
      "todo project edit Office/Misc --no-parent"
    ))
    .argument("[project]", projectRefs)
    .option("--name <name>", "the new name")
    .option("-d, --description <text>", "the new description")
    .option("--no-description", "remove the description")
    .option("--parent <project>", "the project that it is to be below")
    .option("--no-parent", "put it at the top")
    .option("--tint <color>", "its colour, as #rrggbb")
    .option("--no-tint", "remove the colour")
    .action((ref, options) => {
      const { tint: color, ...changes } = ownOptions(options)
      return dispatch({ ref, changes: { ...changes, color } })
    })
  refuseSettingAndClearing(edit)
}

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("projects.edit")(function*({ changes: { parent, ...changes }, ref }: {
  readonly ref: string | undefined
  readonly changes: {
    readonly name?: string | undefined
    readonly description?: string | null | undefined
    readonly color?: string | null | undefined
    readonly parent?: string | null | undefined
  }
}) {
  if (parent === undefined && Object.values(changes).every((change) => change === undefined)) {
    return yield* unasked("Missing --name, --description, --parent or --tint")
  }
  const { projects } = yield* ApiClient
  const [named] = yield* namedOrPickedProject(given(ref), "Change which project?")
  if (named === undefined) return
  const { id } = yield* (yield* makeProjectResolver)(named)
  const parentId = yield* projectIdOf(parent)
  const payload = yield* validate(ProjectPatch, {
    archived: undefined,
    name: undefined,
    description: undefined,
    color: undefined,
    ...changes,
    parentId
  })
  const { body } = yield* projects.update({ params: { id }, headers: {}, payload })
  yield* printProjects("Changed", [named])([body])
})
