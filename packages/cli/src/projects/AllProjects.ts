import type { ProjectCursor } from "@todo/domain/projects/ProjectPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** The user's projects, those below one in their order; those that are archived, too, or they alone, or not. */
export const allProjects = Effect.fn("allProjects")(function*(archived?: boolean) {
  const { projects } = yield* ApiClient
  const filter = archived === undefined ? {} : { archived }
  return yield* allPages(
    "projects",
    (page: PageQuery<ProjectCursor>) =>
      Effect.map(projects.list({ query: { ...filter, ...page }, headers: {} }), listed)
  )
})
