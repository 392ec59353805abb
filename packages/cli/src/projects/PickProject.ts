import { Effect } from "effect"
import { namedOrPicked } from "../terminal/Missing.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allProjects } from "./AllProjects.ts"
import { belowEachOther, projectPaths } from "./ProjectPath.ts"

/** The projects that were given, or else the one that a person picks: of all, of those that are archived, or of the others. */
export const namedOrPickedProject = (refs: ReadonlyArray<string>, question: string, archived?: boolean) =>
  namedOrPicked(refs, {
    missing: "argument 'project'",
    question,
    none: archived === true ? "No project is archived." : "No projects. Add one with `todo project add`.",
    choices: Effect.map(allProjects(archived), (projects) => {
      const paths = projectPaths(projects)
      // What is below one that is not among them is no less to pick.
      const ordered = new Set([...belowEachOther(projects), ...projects])
      return [...ordered].map(({ id }) => ({ value: id, label: printable(paths.get(id)!) }))
    })
  })
