import type { Command } from "@commander-js/extra-typings"
import type { Project } from "@todo/domain/projects/Project"
import { Clock, Effect } from "effect"
import colors from "picocolors"
import { projectRefs, withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { given } from "../terminal/Missing.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable, printableLines } from "../terminal/TerminalText.ts"
import { allProjects } from "./AllProjects.ts"
import { namedOrPickedProject } from "./PickProject.ts"
import { projectJson } from "./ProjectOutput.ts"
import { projectPaths } from "./ProjectPath.ts"
import { projectOf } from "./ProjectResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples("Print a project in full", "todo project show Work"))
    .argument("[project]", projectRefs)
    .action((ref) => dispatch({ ref }))

export const hintsOnLostResult = []

export const run = Effect.fn("projects.show")(function*({ ref }: { readonly ref: string | undefined }) {
  const { color, columns } = yield* Settings
  const output = yield* Output
  const now = yield* Clock.currentTimeMillis
  const [named] = yield* namedOrPickedProject(given(ref), "Which project?")
  if (named === undefined) return
  const all = yield* allProjects()
  const project = yield* projectOf(all, named)
  yield* output.result({
    json: () => projectJson(project),
    quiet: () => [project.id],
    human: () => [render(project, projectPaths(all).get(project.id)!, { color, columns, now })]
  })
})

const render = (project: Project, path: string, style: TableStyle): string => {
  const { bold, dim } = colors.createColors(style.color)
  const field = (label: string, value: string) => `${dim(label.padEnd(9))}  ${value}`
  return [
    bold(printable(path)),
    field("Tasks", `${project.counts.open} open, ${project.counts.done} done`),
    ...project.color === null ? [] : [field("Colour", printable(project.color))],
    field("Created", renderMoment(project.createdAt, style)),
    field("Changed", renderMoment(project.updatedAt, style)),
    ...project.archivedAt === null ? [] : [field("Archived", renderMoment(project.archivedAt, style))],
    field("Id", project.id),
    ...project.description === null ? [] : ["", printableLines(project.description)]
  ].join("\n")
}
