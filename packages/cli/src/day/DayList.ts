import type { Task } from "@todo/domain/tasks/Task"
import { Clock, Effect } from "effect"
import colors from "picocolors"
import { Settings } from "../Settings.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { type Around, withAround } from "../tasks/Around.ts"
import type { Place } from "../tasks/Place.ts"
import { taskJson } from "../tasks/TaskOutput.ts"
import { renderGroups, type TaskGroup } from "../tasks/TaskTable.ts"
import { Output } from "../terminal/Output.ts"

/** When and where whoever looks at a list is. */
export interface Here {
  readonly now: number
  readonly place: Place
}

/** What a screen of the day is made of. */
export interface DayScreen {
  /** Which tasks, as a filter says it. */
  readonly filter: string
  readonly sort: string
  readonly limit?: number | undefined
  readonly groupsOf: (tasks: ReadonlyArray<Task>, here: Here) => ReadonlyArray<TaskGroup>
  /** Whether somebody has a condition of their own. */
  readonly isNarrowed: boolean
  /** What is said where there are none at all. */
  readonly none: string
  /** What is said where there are more than `limit`. */
  readonly more?: string
}

/** Lists tasks in groups. */
export const printDay = Effect.fnUntraced(
  function*({ filter, groupsOf, isNarrowed, limit, more, none, sort }: DayScreen) {
    const output = yield* Output
    const asking = allTasks({ filter, sort, limit: limit === undefined ? undefined : limit + 1 })
    const [found, around] = yield* withAround(asking, (tasks) => tasks)
    const tasks = found.slice(0, limit)
    yield* printGroups(tasks, groupsOf, around)
    if (tasks.length === 0) yield* output.note(isNarrowed ? "No task is like that." : none)
    else if (found.length > tasks.length && more !== undefined) yield* output.note(more)
  }
)

/** Prints tasks in groups, and lines below them on a terminal. */
export const printGroups = Effect.fnUntraced(function*(
  tasks: ReadonlyArray<Task>,
  groupsOf: DayScreen["groupsOf"],
  around: Around,
  below: ReadonlyArray<string> = []
) {
  const settings = yield* Settings
  const now = yield* Clock.currentTimeMillis
  const lines = around === undefined
    ? []
    : renderGroups(groupsOf(tasks, { now, place: around.place }), { ...settings, now, ...around })
  const { dim } = colors.createColors(settings.color)
  yield* (yield* Output).result({
    json: () => tasks.map((task) => taskJson(task)),
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => [...lines, ...settings.columns === undefined ? [] : below.map(dim)],
    isLookedThrough: true
  })
})
