import type { Command } from "@commander-js/extra-typings"
import { Tag } from "@todo/domain/tags/Tag"
import { Effect, Schema } from "effect"
import colors from "picocolors"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { allTags } from "../refs/AllTags.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderTable } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples("List tags by name, with how many tasks have each", "todo tag", "todo tag list --json"))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("tags.list")(function*(_input: {}) {
  const output = yield* Output
  const { color, columns } = yield* Settings
  const tags = yield* allTags()
  const { dim } = colors.createColors(color)
  const terminal = columns !== undefined
  yield* output.result({
    json: () => tags.map((tag) => tagJson(tag)),
    quiet: () => tags.map(({ name }) => name),
    human: () =>
      renderTable(tags, [
        { text: ({ name }) => printable(name), flexible: true },
        { text: ({ counts }) => terminal ? `${counts.open} open` : String(counts.open) },
        {
          text: ({ counts }) => terminal ? counts.done === 0 ? "" : `${counts.done} done` : String(counts.done),
          paint: dim
        }
      ], { columns })
  })
  if (tags.length === 0) yield* output.note("No tags. `todo add` and `todo edit` make them, with --tag.")
})

const tagJson = Schema.encodeSync(lenient(Tag))
