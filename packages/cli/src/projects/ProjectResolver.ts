import type { Project } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import type { ApiClient } from "../client/ApiClient.ts"
import { suggestion } from "../commandLine/Suggestion.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { isIdOrPrefix } from "../refs/Ref.ts"
import type { Settings } from "../Settings.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allProjects } from "./AllProjects.ts"
import { projectPaths, projectsNamed } from "./ProjectPath.ts"

/** What fails where there is no such project, or there are several. */
export const projectOf = (projects: ReadonlyArray<Project>, ref: string): Effect.Effect<Project, Failure> => {
  const named = projectsNamed(projects, ref)
  const found = named.length > 0 ? named : projects.filter(({ id }) => isIdOrPrefix(ref, id))
  const [first, ...others] = found
  if (first === undefined) {
    return Effect.fail(
      new Failure({
        exitCode: ExitCode.notFound,
        code: "project_not_found",
        message: `There is no project ${printable(ref)}`,
        status: null,
        hints: [
          ...[suggestion(ref.replace(/^#/, ""), projects.map(({ name }) => name)) ?? []].flat().map(printable),
          "`todo project list --all` lists them."
        ]
      })
    )
  }
  if (others.length === 0) return Effect.succeed(first)
  const paths = projectPaths(projects)
  const names = found.map(({ id }) => printable(paths.get(id)!)).toSorted()
  // A name may have what separates the names of a path.
  const areTold = new Set(names).size === names.length
  return Effect.fail(
    usage(
      `${printable(ref)} names ${found.length} projects: ${names.join(", ")}`,
      areTold ? "Give the path." : `Give the id: ${found.map(({ id }) => id).join(" or ")}.`
    )
  )
}

/** Makes a function that finds the one project that a name, a path or an id means. */
export const makeProjectResolver = Effect.gen(function*() {
  const all = yield* Effect.cached(
    Effect.provideContext(allProjects(), yield* Effect.context<ApiClient | Settings>())
  )
  return (ref: string) => Effect.flatMap(all, (projects) => projectOf(projects, ref))
})
