import type { Command } from "@commander-js/extra-typings"
import { Clock, Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { withTyped } from "../tasks/ListFilter.ts"
import { todayOf } from "../tasks/Place.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { renderCalendar } from "./CalendarText.ts"
import { byDueDate, lastDateOf } from "./DueDates.ts"
import { whereabouts } from "./Whereabouts.ts"

const mostMonths = 12

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("calendar").alias("cal")
    .description(withExamples(
      "Show months, with the days on which something is due",
      "todo calendar",
      "todo calendar 6",
      "todo calendar 2 in:Work"
    ))
    .argument("[months]", "how many, from this one on; 12 at the most", positiveInteger, 2)
    .argument("[filter...]", "of which tasks, as `todo help filters` says")
    .action((months, filter) => dispatch({ months, filter }))

export const hintsOnLostResult = []

export const run = Effect.fn("reports.calendar")(function*({ filter, months }: {
  readonly months: number
  readonly filter: ReadonlyArray<string>
}) {
  if (months > mostMonths) return yield* usage(`A calendar has ${mostMonths} months at the most`)
  const settings = yield* Settings
  const now = yield* Clock.currentTimeMillis
  const { place, weekStart } = yield* whereabouts
  const today = todayOf(now, place)
  const last = lastDateOf(today, months)
  const tasks = yield* allTasks({ filter: withTyped(`due until ${last}`, filter), sort: "due,priority,position" })
  const due = byDueDate(tasks, place)
  const days = [...due].map(([date, tasks]) => ({
    date,
    tasks: tasks.map(({ id, number, title }) => ({ id, number, title }))
  }))
  yield* (yield* Output).result({
    json: () => days,
    quiet: () => days.map(({ date }) => date),
    human: () =>
      settings.columns === undefined
        ? days.flatMap(({ date, tasks }) => tasks.map(({ number, title }) => `${date}\t${number}\t${printable(title)}`))
        : renderCalendar({ due, months, today, weekStart }, settings)
  })
})
