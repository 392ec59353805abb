import type { Command } from "@commander-js/extra-typings"
import { Clock, Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { writeJson } from "../offline/Told.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { ownQueue } from "./OwnQueue.ts"
import { allOf } from "./QueueResolver.ts"
import { renderQueue } from "./QueueTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List what waits for the service, and what it has refused",
      "todo queue",
      "todo queue list --json"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("queue.list")(function*(_input: {}) {
  const output = yield* Output
  const settings = yield* Settings
  const queue = yield* ownQueue()
  const writes = allOf(queue).map(({ write }) => write)
  const now = yield* Clock.currentTimeMillis
  yield* output.result({
    json: () => writes.map(writeJson),
    quiet: () => writes.map(({ key }) => key),
    human: () => renderQueue(writes, { ...settings, now })
  })
  const refused = writes.filter(({ refusal }) => refusal !== null).length
  if (refused > 0) {
    yield* output.note(
      "What was refused: `todo queue retry <ref>` sends it again, and `todo queue drop <ref>` gives it up."
    )
  }
  const unreadable = queue.unreadable()
  for (const path of unreadable) {
    yield* output.note(
      `${path} cannot be read, and is not sent: it is damaged, or of a later release of todo. Remove the file to give it up.`
    )
  }
  if (writes.length + unreadable.length === 0) yield* output.note("Nothing waits for the service.")
})
