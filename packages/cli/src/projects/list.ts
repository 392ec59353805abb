import { type Command, Option } from "@commander-js/extra-typings"
import type { Project } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import colors from "picocolors"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { bar } from "../terminal/Bars.ts"
import { Output } from "../terminal/Output.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allProjects } from "./AllProjects.ts"
import { projectJson } from "./ProjectOutput.ts"
import { belowEachOther, projectPaths } from "./ProjectPath.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List projects by their paths: those that are not archived",
      "todo project list",
      "todo project list --archived",
      "todo project ls --json | jq -r '.[].name'"
    ))
    .addOption(new Option("-a, --all", "those that are archived, too").conflicts("archived"))
    .option("--archived", "only those that are archived")
    .action(({ all, archived }) => dispatch({ which: all ? "all" : archived ? "archived" : "living" }))

export const hintsOnLostResult = []

export const run = Effect.fn("projects.list")(
  function*({ which = "living" }: { readonly which?: "all" | "archived" | "living" }) {
    const output = yield* Output
    const settings = yield* Settings
    const everything = yield* allProjects()
    const paths = projectPaths(everything)
    const shown = which === "all" ? everything : yield* allProjects(which === "archived")
    const isShown = new Set(shown.map(({ id }) => id))
    const inOrder = belowEachOther(everything).filter(({ id }) => isShown.has(id))
    yield* output.result({
      json: () => inOrder.map((project) => projectJson(project)),
      quiet: () => inOrder.map(({ id }) => id),
      human: () => renderProjects(inOrder, paths, settings),
      isLookedThrough: true
    })
    if (inOrder.length === 0) {
      yield* output.note(
        which === "archived" ? "No archived projects." : "No projects. Add one with `todo project add`."
      )
    }
  }
)

const barColumns = 12

/** A line for each: the path, how many tasks are open and done, and whether it is archived; elsewhere the id, too. */
const renderProjects = (
  projects: ReadonlyArray<Project>,
  paths: ReadonlyMap<string, string>,
  { color, columns }: Pick<TableStyle, "color" | "columns">
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  const terminal = columns !== undefined
  return renderTable(projects, [
    { text: ({ id }) => printable(paths.get(id)!), flexible: true },
    { text: ({ counts }) => terminal ? `${counts.open} open` : String(counts.open) },
    {
      text: ({ counts }) => terminal ? counts.done === 0 ? "" : `${counts.done} done` : String(counts.done),
      paint: dim
    },
    ...terminal
      ? [{
        text: ({ counts: { done, open } }: Project) => done + open === 0 ? "" : bar(done, done + open, barColumns),
        paint: green,
        yieldsTo: 0,
        cut: () => ""
      }]
      : [],
    { text: ({ archived }) => archived ? "archived" : "", paint: dim },
    ...terminal ? [] : [{ text: ({ id }: Project) => id }]
  ], { columns })
}
