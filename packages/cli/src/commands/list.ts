import { Clock, Effect } from "effect"
import { allTasks } from "../AllTasks.ts"
import { Output } from "../Output.ts"
import { Settings } from "../Settings.ts"
import { taskJson } from "../TaskOutput.ts"
import { renderTasks } from "../TaskTable.ts"

const completedIn = { all: undefined, done: true, open: false } as const

const hints = {
  all: "No tasks yet. Add one with `todo add`.",
  done: "Nothing is done yet.",
  open: "Nothing to do. Add a task with `todo add`; `todo list --all` shows what is done too."
} as const

export const list = Effect.fn("list")(function*({ limit, state }: {
  readonly state: "all" | "done" | "open"
  readonly limit: number | undefined
}) {
  const output = yield* Output
  const settings = yield* Settings
  const tasks = yield* allTasks({ completed: completedIn[state], limit })
  const now = yield* Clock.currentTimeMillis
  const { json, quiet } = settings
  const lines = json || quiet ? [] : renderTasks(tasks, { ...settings, now })
  yield* output.result({
    json: () => tasks.map((task) => taskJson(task)),
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => lines
  })
  if (tasks.length === 0) yield* output.note(hints[state])
})
