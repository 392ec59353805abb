import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { movedResponse } from "../entity/MovedResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { counted } from "./ProjectReads.ts"
import { Projects } from "./Projects.ts"
import { projects as table } from "./table.ts"

const { created, found, removed, updated } = entityResponses(counted(table), "/api/v1/projects")

/** Serves the contract's `projects`. */
export const ProjectsHandlers = HttpApiBuilder.group(
  Api,
  "projects",
  Effect.fn(function*(handlers) {
    const projects = yield* Projects
    return handlers.handleAll({
      create: idempotent(({ payload }) => Effect.flatMap(projects.create(payload), created)),
      list: ({ headers, query }) =>
        Effect.map(projects.list(query), (page) => listResponse(page, headers["if-none-match"])),
      get: ({ headers, params }) =>
        Effect.flatMap(
          projects.get(params.id, expectedVersions(headers["if-match"])),
          (project) => found(project, headers["if-none-match"])
        ),
      update: idempotent(({ headers, params, payload }) =>
        Effect.flatMap(projects.update(params.id, payload, versionsToChange(headers)), updated)
      ),
      move: idempotent(({ payload }) => Effect.map(projects.move(payload), movedResponse)),
      remove: idempotent(({ headers, params, query }) =>
        Effect.map(projects.remove(params.id, query, versionsToChange(headers)), removed)
      )
    })
  })
)
