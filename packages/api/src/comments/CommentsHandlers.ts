import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { Tasks } from "../tasks/Tasks.ts"
import { Comments } from "./Comments.ts"
import { comments as table } from "./table.ts"

const { created, removed, updated } = entityResponses(table, "/api/v1/comments")

/** Serves the contract's `comments`. */
export const CommentsHandlers = HttpApiBuilder.group(
  Api,
  "comments",
  Effect.fn(function*(handlers) {
    const comments = yield* Comments
    const tasks = yield* Tasks
    return handlers.handleAll({
      create: idempotent(({ params, payload }) => Effect.flatMap(comments.create(params.id, payload), created)),
      list: Effect.fnUntraced(function*({ headers, params, query }) {
        const page = yield* comments.list(params.id, query)
        yield* Effect.catchTag(tasks.get(params.id, undefined), "TaskChanged", Effect.die)
        return listResponse(page, headers["if-none-match"])
      }),
      update: idempotent(({ headers, params, payload }) =>
        Effect.flatMap(comments.update(params.id, payload, versionsToChange(headers)), updated)
      ),
      remove: idempotent(({ headers, params }) =>
        Effect.map(comments.remove(params.id, versionsToChange(headers)), removed)
      )
    })
  })
)
