import type { Command } from "@commander-js/extra-typings"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { dayHeading } from "../tasks/DueWords.ts"
import { withTyped } from "../tasks/ListFilter.ts"
import { todayOf } from "../tasks/Place.ts"
import { printDay } from "./DayList.ts"
import { comingDayOf } from "./DayOfTask.ts"
import { asItIsDue } from "./LateAndToday.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("upcoming")
    .description(withExamples(
      "List what is due or starts on the days that come",
      "todo upcoming",
      "todo upcoming 30",
      "todo upcoming 14 in:Home"
    ))
    .argument("[days]", "how many, from tomorrow on", positiveInteger, 7)
    .argument("[filter...]", "one condition more, as `todo help filters` says")
    .action((days, filter) => dispatch({ days, filter }))

export const hintsOnLostResult = []

export const run = Effect.fn("day.upcoming")(function*({ days, filter }: {
  readonly days: number
  readonly filter: ReadonlyArray<string>
}) {
  yield* printDay({
    isNarrowed: filter.length > 0,
    filter: withTyped(`upcoming ${days} days`, filter),
    sort: asItIsDue,
    groupsOf: (tasks, { now, place }) => {
      const today = todayOf(now, place)
      const days = new Map<number, Array<Task>>()
      for (const task of tasks) {
        const day = comingDayOf(task, today, place) ?? today
        days.set(day, [...days.get(day) ?? [], task])
      }
      return [...days].toSorted(([one], [other]) => one - other).map(([day, tasks]) => ({
        heading: dayHeading(day, today),
        tasks
      }))
    },
    none: `Nothing is due in the next ${days === 1 ? "day" : `${days} days`}.`
  })
})
