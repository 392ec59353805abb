import type { Command } from "@commander-js/extra-typings"
import { Stats } from "@todo/domain/stats/StatsApi"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPaths } from "../projects/ProjectPath.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderStats } from "./StatsText.ts"
import { whereabouts } from "./Whereabouts.ts"

const mostWeeks = 52

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("stats")
    .description(withExamples(
      "Tell what was done and what is open, by weeks and projects",
      "todo stats",
      "todo stats --weeks 26",
      "todo stats --json | jq '[.days[].done] | add'"
    ))
    .option("-w, --weeks <number>", "how many weeks, 52 at the most", positiveInteger, 8)
    .action(({ weeks }) => dispatch({ weeks }))

export const hintsOnLostResult = []

export const run = Effect.fn("reports.stats")(function*({ weeks }: { readonly weeks: number }) {
  if (weeks > mostWeeks) return yield* usage(`Stats have ${mostWeeks} weeks at the most`)
  const settings = yield* Settings
  const { stats } = yield* ApiClient
  const told = yield* stats.get({ query: { days: weeks * 7 }, headers: {} })
  const { json, quiet } = settings
  const lines = json || quiet ? [] : yield* Effect.map(
    Effect.all({ projects: allProjects(), where: whereabouts }, { concurrency: "unbounded" }),
    ({ projects, where: { weekStart } }) => {
      const paths = projectPaths(projects)
      const counted = projects.map(({ counts, id }) => ({ path: paths.get(id)!, counts }))
      return renderStats(told, { ...settings, weekStart, projects: counted })
    }
  )
  yield* (yield* Output).result({
    json: () => Schema.encodeSync(lenient(Stats))(told),
    quiet: () => told.days.map(({ added, date, done, open }) => `${date}\t${done}\t${added}\t${open}`),
    human: () => lines
  })
})
