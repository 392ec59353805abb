import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { Credentials } from "../client/Credentials.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { withAround } from "../tasks/Around.ts"
import { run as list } from "../tasks/list.ts"
import { noneOf } from "../tasks/TaskState.ts"
import { Output } from "../terminal/Output.ts"
import { inLines } from "../terminal/TextWidth.ts"
import { printGroups } from "./DayList.ts"
import { asItIsDue, dueByToday, lateAndToday } from "./LateAndToday.ts"
import { asItMatters, ready } from "./Ready.ts"

/** `todo` alone. */
export const command = (program: Command, dispatch: Dispatch<typeof run>) => program.action(() => dispatch({}))

export const hintsOnLostResult = []

/** `todo` alone: what there is to do, or how to begin. */
export const run = Effect.fn("day.home")(function*(_input: {}) {
  const { apiUrl, columns, json, quiet, token } = yield* Settings
  const isSignedIn = token !== undefined || (yield* (yield* Credentials).get) !== undefined
  if (isSignedIn) return yield* json || quiet || columns === undefined ? list({ state: "open", limit: undefined }) : day
  if (json || quiet || columns === undefined) return yield* usage("No command given", ...shortHelp)
  yield* (yield* Output).instruction([
    `todo signup  make an account at ${apiUrl}`,
    "todo login   sign in, if you have one",
    "todo help    everything else"
  ])
})

/** The headings, the counts in two lines, the line below them, and the line to type on. */
const otherRows = 8
/** So much of what can be done next is told, where there is room. */
const mostNext = 5

/** What is late, today, and what can be done next; of the rest how many there are. */
const day = Effect.gen(function*() {
  const { columns = Infinity, rows = Infinity } = yield* Settings
  const { tasks } = yield* ApiClient
  const count = (filter: string) => Effect.map(tasks.count({ query: { filter }, headers: {} }), ({ count }) => count)
  const asking = Effect.all({
    due: allTasks({ filter: dueByToday, sort: asItIsDue }),
    next: allTasks({ filter: `${ready} and not (${dueByToday})`, sort: asItMatters, limit: mostNext }),
    open: count("open"),
    upcoming: count("upcoming"),
    inbox: count("in:inbox")
  }, { concurrency: "unbounded" })
  const [{ due, inbox, next, open, upcoming }, around] = yield* withAround(asking, ({ due, next }) => [...due, ...next])
  const room = Math.max(3, rows - otherRows)
  const shown = due.slice(0, room)
  const told = next.slice(0, Math.max(0, room - shown.length))
  const rest = open - shown.length - told.length
  yield* printGroups(
    [...shown, ...told],
    (tasks) => [
      ...lateAndToday(tasks.slice(0, shown.length)),
      { heading: "Next", tasks: tasks.slice(shown.length) }
    ],
    around,
    open === 0 ? [] : inLines(
      [
        `${open} open`,
        ...due.length > shown.length ? [`${due.length} late or today: todo today`] : [],
        ...upcoming > 0 ? [`${upcoming} in the next 7 days: todo upcoming`] : [],
        ...inbox > 0 && inbox < open ? [`${inbox} in the Inbox: todo inbox`] : [],
        ...rest > 0 ? ["todo list has all"] : []
      ],
      " · ",
      columns
    )
  )
  if (open === 0) yield* (yield* Output).note(noneOf.open)
})

const shortHelp = [
  "`todo add <title>` adds a task, `todo list` shows what is open, `todo done <number>` marks it done.",
  "`todo help` lists every command."
]
