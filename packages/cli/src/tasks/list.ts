import { Clock, Effect } from "effect"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { allTasks } from "./AllTasks.ts"
import { taskJson } from "./TaskOutput.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"
import { renderFooter, renderTasks } from "./TaskTable.ts"

export const list = Effect.fn("list")(function*({ limit, state }: {
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
