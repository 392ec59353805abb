import { termsOf } from "@todo/domain/filter/FilterTree"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Effect, Option } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { forRemark } from "../client/ForRemark.ts"
import { listed } from "../client/Listed.ts"
import { suggestion } from "../commandLine/Suggestion.ts"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPaths, projectsNamed } from "../projects/ProjectPath.ts"
import { allTags } from "../refs/AllTags.ts"

/** The names of projects and of tags that a filter has, as the service has read it. */
const namesIn = Effect.fn("namesIn")(function*(filter: string) {
  const { tasks } = yield* ApiClient
  const { explanation } = listed(yield* tasks.query({ payload: { filter, explain: true, limit: 1 }, headers: {} }))
  const terms = explanation === undefined ? [] : termsOf(explanation.tree)
  return {
    projects: [...new Set(terms.flatMap((term) => "project" in term ? term.project ?? [] : []))],
    tags: [...new Set(terms.flatMap((term) => "tag" in term && !term.tag.includes("*") ? term.tag : []))]
  }
})

const unknownNamesOf = Effect.fn("unknownNames")(function*(filter: string) {
  const named = yield* namesIn(filter)
  const projects = named.projects.length === 0 ? [] : yield* allProjects()
  const tags = named.tags.length === 0 ? [] : (yield* allTags()).map(({ name }) => name)
  const paths = [...projectPaths(projects).values(), ...projects.map(({ name }) => name)]
  const known = new Set(tags.map(spellingKey))
  const unknown = [
    ...named.projects.filter((name) => projectsNamed(projects, name).length === 0)
      .map((name) => ["project", name, paths] as const),
    ...named.tags.filter((name) => !known.has(spellingKey(name))).map((name) => ["tag", name, tags] as const)
  ]
  return unknown.flatMap(([noun, name, candidates]) => [
    `There is no ${noun} ${name}.`,
    ...[suggestion(name, candidates) ?? []].flat()
  ])
})

/** Lines about the projects and tags of a filter that there are not, each with what may have been meant; none where nobody tells. */
export const unknownNames = (filter: string) =>
  Effect.map(forRemark(unknownNamesOf(filter)), Option.getOrElse((): ReadonlyArray<string> => []))
