import { type Command, Option } from "@commander-js/extra-typings"
import { Clock, Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { viewResolver } from "../refs/ViewResolver.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { allTasks } from "./AllTasks.ts"
import { withAround } from "./Around.ts"
import { type AskedList, filterOf } from "./ListFilter.ts"
import { sayOtherDays } from "./OtherDays.ts"
import { taskJson } from "./TaskOutput.ts"
import { completedIn, noneOf } from "./TaskState.ts"
import { renderFooter, renderTasks } from "./TaskTable.ts"
import { unknownNames } from "./UnknownNames.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List tasks: what is open, or what a filter says",
      "todo list",
      "todo ls --all --limit 20",
      "todo list today or overdue --sort due,priority",
      "todo list in:Home and not @shopping",
      "todo list --search milk",
      "todo list --view Now",
      "todo list --json | jq -r '.[].title'",
      "todo list | cut -f 3"
    ))
    .argument("[filter...]", "which tasks, as `todo help filters` says; words are joined")
    .addOption(new Option("-a, --all", "open and done").conflicts("done"))
    .option("--done", "only what is done")
    .option("-s, --search <words>", "those with all of these words")
    .option("--view <view>", "those of a view: its name or its id")
    .option("--sort <keys>", "order by keys such as due,priority; newest first by itself")
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .action((filter, { all, done, limit, search, sort, view }) =>
      dispatch({ state: all ? "all" : done ? "done" : "open", filter, search, sort, view, limit })
    )

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.list")(function*({ view, ...given }: AskedList & {
  readonly view?: string | undefined
  readonly sort?: string | undefined
  readonly limit: number | undefined
}) {
  const output = yield* Output
  const settings = yield* Settings
  // A view has an order of its own.
  const { limit: mostByItself, sort: orderByItself } = settings.listDefaults ?? {}
  const { limit = mostByItself, sort = view === undefined ? orderByItself : undefined, ...asked } = given
  const { state } = asked
  const filter = filterOf(asked)
  const kept = view === undefined ? undefined : yield* (yield* viewResolver)(view)
  // A view says by itself which states it is of.
  const which = filter !== undefined ? { filter } : kept === undefined ? { completed: completedIn[state] } : {}
  const { columns, json, quiet } = settings
  // One more tells whether there are more.
  const asking = allTasks({ ...which, view: kept?.id, sort, limit: limit === undefined ? undefined : limit + 1 })
  const [found, around] = yield* withAround(asking, (tasks) => tasks)
  const tasks = found.slice(0, limit)
  const now = yield* Clock.currentTimeMillis
  const isPlain = filter === undefined && kept === undefined
  const isNewestFirst = isPlain && sort === undefined
  const lines = around === undefined
    ? []
    : [
      ...renderTasks(tasks, {
        ...settings,
        now,
        ...around
      }),
      ...renderFooter(tasks, {
        ...settings,
        isNewestFirst,
        rows: settings.pager === undefined ? settings.rows : undefined,
        isMore: found.length > tasks.length
      })
    ]
  yield* output.result({
    json: () => tasks.map((task) => taskJson(task)),
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => lines,
    isLookedThrough: true
  })
  if (filter !== undefined && columns !== undefined) yield* sayOtherDays(filter)
  if (tasks.length > 0) return
  yield* output.note(isPlain ? noneOf[state] : "No task is like that.")
  // What is not there has no tasks, which is as it should be for a script; a person may have meant another.
  const unknown = filter === undefined || json || quiet ? [] : yield* unknownNames(filter)
  yield* Effect.forEach(unknown, output.note, { discard: true })
})
