import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"
import { writeJson } from "../offline/Told.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { Output } from "../terminal/Output.ts"
import { ownQueue } from "./OwnQueue.ts"
import { labelOf, type Named, queueResolver } from "./QueueResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("retry")
    .description(withExamples(
      "Send what was refused once more, over what has changed meanwhile",
      "todo queue retry 3f9a2c"
    ))
    .argument("<ref...>", "the first 6 or more characters of what `todo queue` shows last")
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("queue.retry")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const output = yield* Output
  const queue = yield* ownQueue()
  yield* forEachRef(
    refs,
    yield* queueResolver(queue),
    again,
    (named) =>
      output.result({
        json: () => ({ queued: true, writes: named.map(({ write }) => writeJson({ ...write, refusal: null })) }),
        quiet: () => named.map(({ id }) => id),
        human: () => named.map((one) => `Queued  ${labelOf(one)}`)
      })
  )
  yield* (yield* Offline).insist
  yield* Effect.ignore((yield* ApiClient).settings.get({ headers: {} }))
})

const again = Effect.fnUntraced(function*(named: Named) {
  if (named.write.refusal === null) return yield* usage(`It was not refused, and waits: ${labelOf(named)}`)
  ;(yield* ownQueue()).retry(named)
  return named
})
