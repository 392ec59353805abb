import type { Command } from "@commander-js/extra-typings"
import { Tag, TagPatch } from "@todo/domain/tags/Tag"
import { TagName } from "@todo/domain/tags/TagName"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { given, givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { namedOrPickedTag } from "./PickTag.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rename")
    .description(withExamples(
      "Rename a tag on every task",
      "todo tag rename home house",
      "todo tag rename errand errands --merge"
    ))
    .argument("[tag]", "the tag's name")
    .argument("[name]", "the new name")
    .option("--merge", "where there is a tag of that name, make one of both")
    .action((tag, name, { merge }) => dispatch({ tag, name, merge: merge === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tags.rename")(function*({ merge, name: newName, tag: typed }: {
  readonly tag: string | undefined
  readonly name: string | undefined
  readonly merge: boolean
}) {
  const { tags } = yield* ApiClient
  const [tag] = yield* namedOrPickedTag(given(typed), "Rename which tag?")
  if (tag === undefined) return
  const name = yield* givenOrAsked(newName, {
    missing: "argument 'name'",
    question: "New name",
    objection: () => undefined
  })
  const params = yield* validate(Schema.Struct({ name: TagName }), { name: tag })
  const payload = yield* validate(TagPatch, { name, color: undefined, merge: merge || undefined })
  const { body } = yield* tags.update({ params, headers: {}, payload }).pipe(
    Effect.catchTag("NameTaken", ({ code, status }) =>
      Effect.fail(
        new Failure({
          exitCode: ExitCode.conflict,
          code,
          message: `There is a tag ${printable(name)} already`,
          status,
          hints: ["--merge makes one of both."]
        })
      ))
  )
  yield* (yield* Output).result({
    json: () => tagJson(body),
    quiet: () => [body.name],
    human: () => [`Renamed tag ${printable(tag)} to ${printable(body.name)}`]
  })
})

const tagJson = Schema.encodeSync(lenient(Tag))
