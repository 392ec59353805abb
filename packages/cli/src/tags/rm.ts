import type { Command } from "@commander-js/extra-typings"
import { TagName } from "@todo/domain/tags/TagName"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachThing } from "../refs/ForEach.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { namedOrPickedTag } from "./PickTag.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples(
      "Take tags off every task, which undo takes back; asks on a terminal",
      "todo tag rm errands",
      "todo tag rm --yes a b"
    ))
    .argument("[tag...]", "the tags' names")
    .option("-y, --yes", "do not ask")
    .action((tags, { yes }) => dispatch({ tags, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tags.rm")(function*({ tags: given, yes }: {
  readonly tags: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const output = yield* Output
  const { tags } = yield* ApiClient
  const names = yield* namedOrPickedTag(given, "Take which tag off every task?")
  if (names.length === 0) return
  const agree = yield* agreement<string>({ yes, verb: "Delete", things: "tags", headline })
  if (agree !== undefined && !(yield* agree(names))) return
  yield* forEachThing(
    names,
    Effect.fnUntraced(function*(name: string) {
      const params = yield* validate(Schema.Struct({ name: TagName }), { name })
      yield* tags.remove({ params, headers: {} })
      return name
    }),
    (deleted) =>
      output.result({
        json: () => ({ deleted: deleted.map((name) => ({ name })) }),
        quiet: () => deleted,
        human: () => deleted.map((name) => headline("Deleted", name))
      })
  )
})

const headline = (word: string, name: string): string => `${word} tag ${printable(name)}`
