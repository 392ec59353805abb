import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { counted } from "../projects/ProjectReads.ts"
import { tags as table } from "./table.ts"
import { Tags } from "./Tags.ts"

const { removed, updated } = entityResponses(counted(table), "/api/v1/tags")

/** Serves the contract's `tags`. */
export const TagsHandlers = HttpApiBuilder.group(
  Api,
  "tags",
  Effect.fn(function*(handlers) {
    const tags = yield* Tags
    return handlers.handleAll({
      list: ({ headers, query }) =>
        Effect.map(tags.list(query), (page) => listResponse(page, headers["if-none-match"])),
      update: idempotent(({ headers, params, payload }) =>
        Effect.flatMap(tags.update(params.name, payload, versionsToChange(headers)), updated)
      ),
      remove: idempotent(({ headers, params }) =>
        Effect.map(tags.remove(params.name, versionsToChange(headers)), removed)
      )
    })
  })
)
