import type { Command } from "@commander-js/extra-typings"
import { NewProject, ProjectName } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { objectionTo, validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { projectIdOf } from "./ProjectOption.ts"
import { printProjects } from "./ProjectOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("add")
    .description(withExamples(
      "Add a project",
      "todo project add Work",
      "todo project add Misc --parent Work --tint \"#3366ff\""
    ))
    .addArgument(new TextArgument("[name...]", "what it is called; words are joined"))
    .option("--parent <project>", "the project that it is below")
    .option("-d, --description <text>", "more about it")
    .option("--tint <color>", "its colour, as #rrggbb")
    .action((words, { description, parent, tint }) =>
      dispatch({ name: words.length === 0 ? undefined : words.join(" "), color: tint, description, parent })
    )

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("projects.add")(function*({ parent, ...given }: {
  readonly name: string | undefined
  readonly color: string | undefined
  readonly description: string | undefined
  readonly parent: string | undefined
}) {
  const name = yield* givenOrAsked(given.name, {
    missing: "argument 'name'",
    question: "Name of the project",
    objection: objectionTo(ProjectName)
  })
  const parentId = yield* projectIdOf(parent)
  const payload = yield* validate(NewProject, { id: undefined, ...given, name, parentId })
  const { projects } = yield* ApiClient
  const { body } = yield* projects.create({ headers: {}, payload })
  yield* printProjects("Added", [name])([body])
})
