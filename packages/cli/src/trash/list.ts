import type { Command } from "@commander-js/extra-typings"
import { TrashedTask } from "@todo/domain/trash/TrashedTask"
import { Clock, Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { projectPathsOf } from "../projects/ProjectPathsOf.ts"
import { Settings } from "../Settings.ts"
import { renderTrash } from "../tasks/TaskTable.ts"
import { Output } from "../terminal/Output.ts"
import { allTrash } from "./AllTrash.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List what is in the trash, the last deleted first",
      "todo trash",
      "todo trash list --limit 20",
      "todo trash --json | jq -r '.[].title'"
    ))
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .action(({ limit }) => dispatch({ limit }))

export const hintsOnLostResult = []

export const run = Effect.fn("trash.list")(function*({ limit }: { readonly limit?: number | undefined }) {
  const settings = yield* Settings
  const output = yield* Output
  const tasks = yield* allTrash(limit)
  const now = yield* Clock.currentTimeMillis
  const paths = settings.json || settings.quiet ? new Map<string, string>() : yield* projectPathsOf(tasks)
  yield* output.result({
    json: () => tasks.map((task) => trashedJson(task)),
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => renderTrash(tasks, { ...settings, now, paths }),
    isLookedThrough: true
  })
  if (tasks.length === 0) yield* output.note("The trash is empty.")
})

const trashedJson = Schema.encodeSync(lenient(TrashedTask))
