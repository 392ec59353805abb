import type { Command } from "@commander-js/extra-typings"
import { NewView } from "@todo/domain/views/View"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { pointingAtWord } from "../tasks/FilterFailure.ts"
import { Output } from "../terminal/Output.ts"
import { viewJson, viewParts } from "./ViewOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("add")
    .description(withExamples(
      "Keep a list by a name",
      "todo view add Now p1 or due:today",
      "todo view add Bills @bill --sort due",
      "todo list --view Now"
    ))
    .argument("<name>", "what it is called")
    .addArgument(new TextArgument("<filter...>", "which tasks it lists; words are joined"))
    .option("--sort <keys>", "in which order")
    .action((name, filter, { sort }) => dispatch({ name, filter: filter.join(" "), sort }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("views.add")(function*(input: {
  readonly name: string
  readonly filter: string
  readonly sort: string | undefined
}) {
  const output = yield* Output
  const { views } = yield* ApiClient
  const payload = yield* validate(NewView, { id: undefined, ...input })
  const { body } = yield* Effect.mapError(views.create({ payload, headers: {} }), pointingAtWord(input))
  yield* output.result({
    json: () => viewJson(body),
    quiet: () => [body.id],
    human: () => [`Added view ${viewParts(body).filter((part) => part !== "").join("  ")}`]
  })
})
