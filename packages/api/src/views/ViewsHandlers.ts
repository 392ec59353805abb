import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { movedResponse } from "../entity/MovedResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { views as table } from "./table.ts"
import { Views } from "./Views.ts"

const { created, found, removed, updated } = entityResponses(table, "/api/v1/views")

/** Serves the contract's `views`. */
export const ViewsHandlers = HttpApiBuilder.group(
  Api,
  "views",
  Effect.fn(function*(handlers) {
    const views = yield* Views
    return handlers.handleAll({
      create: idempotent(({ payload }) => Effect.flatMap(views.create(payload), created)),
      list: ({ headers, query }) =>
        Effect.map(views.list(query), (page) => listResponse(page, headers["if-none-match"])),
      get: ({ headers, params }) =>
        Effect.flatMap(
          views.get(params.id, expectedVersions(headers["if-match"])),
          (view) => found(view, headers["if-none-match"])
        ),
      update: idempotent(({ headers, params, payload }) =>
        Effect.flatMap(views.update(params.id, payload, versionsToChange(headers)), updated)
      ),
      move: idempotent(({ payload }) => Effect.map(views.move(payload), movedResponse)),
      remove: idempotent(({ headers, params }) =>
        Effect.map(views.remove(params.id, versionsToChange(headers)), removed)
      )
    })
  })
)
