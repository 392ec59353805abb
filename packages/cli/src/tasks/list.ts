import { type Command, Option } from "@commander-js/extra-typings"
import { Clock, Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { allTasks } from "./AllTasks.ts"
import { taskJson } from "./TaskOutput.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"
import { renderFooter, renderTasks } from "./TaskTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List tasks, newest first: those that are open",
      "todo list",
      "todo ls --all --limit 20",
      "todo list --json | jq -r '.[].title'",
      "todo list | cut -f 3"
    ))
    .addOption(new Option("-a, --all", "open and done").conflicts("done"))
    .option("--done", "only what is done")
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .action(({ all, done, limit }) => dispatch({ state: all ? "all" : done ? "done" : "open", limit }))

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.list")(function*({ limit, state }: {
  readonly state: TaskState
  readonly limit: number | undefined
}) {
  const output = yield* Output
  const settings = yield* Settings
  const tasks = yield* allTasks({ completed: completedIn[state], limit })
  const now = yield* Clock.currentTimeMillis
  const { json, quiet } = settings
  const lines = json || quiet ? [] : [...renderTasks(tasks, { ...settings, now }), ...renderFooter(tasks, settings)]
  yield* output.result({
    json: () => tasks.map((task) => taskJson(task)),
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => lines
  })
  if (tasks.length === 0) yield* output.note(noneOf[state])
})
