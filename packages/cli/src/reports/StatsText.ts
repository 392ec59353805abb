import type { TaskCounts } from "@todo/domain/projects/Project"
import type { Settings } from "@todo/domain/settings/Settings"
import type { Stats } from "@todo/domain/stats/StatsApi"
import colors from "picocolors"
import { bar, padAll, sparkline } from "../terminal/Bars.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { truncatePath } from "../terminal/TextWidth.ts"
import { streakOf, weeksOf } from "./Weeks.ts"

interface Around extends Pick<TableStyle, "color" | "columns"> {
  readonly weekStart: Settings["weekStart"]
  readonly projects: ReadonlyArray<{ readonly path: string; readonly counts: TaskCounts }>
}

const barColumns = 20
const mostProjects = 10
const longestPath = 30

const times = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`

/**
 * What was done, for people: a line of signs each of what was done and what was open, week by week, with the figures behind it,
 * then projects with bars. Elsewhere than on a terminal a line for each week, with tabs.
 */
export const renderStats = (
  { days }: Stats,
  { color, columns, projects, weekStart }: Around
): ReadonlyArray<string> => {
  const weeks = weeksOf(days, weekStart)
  if (columns === undefined) return weeks.map(({ added, done, from, open }) => `${from}\t${done}\t${added}\t${open}`)
  const { bold, dim, green } = colors.createColors(color)
  const week = weeks.at(-1)!
  const streak = streakOf(days)
  const today = days.at(-1)!
  const shown = projects
    .filter(({ counts }) => counts.open + counts.done > 0)
    .toSorted((one, other) => other.counts.open - one.counts.open)
    .slice(0, mostProjects)
  const names = padAll(shown.map(({ path }) => truncatePath(printable(path), longestPath)))
  return [
    `${bold("Done ")} ${green(sparkline(weeks.map(({ done }) => done)))}  ` +
    `${today.done} today, ${week.done} this week, ${weeks.reduce((sum, { done }) => sum + done, 0)} in ${
      times(weeks.length, "week")
    }`,
    `${bold("Open ")} ${sparkline(weeks.map(({ open }) => open))}  ${today.open} now, ${week.added} added this week`,
    streak.longest === 0
      ? dim("Streak: none yet; it counts days one after the other on which something was done")
      : `${bold("Streak")} ${times(streak.now, "day")}${
        streak.longest > streak.now ? dim(`, the longest ${streak.longest}`) : ""
      }`,
    ...shown.length === 0 ? [] : [""],
    ...shown.map(({ counts: { done, open } }, index) =>
      `${names[index]}  ${green(bar(done, done + open, barColumns))}  ${done} of ${done + open}`
    )
  ]
}
