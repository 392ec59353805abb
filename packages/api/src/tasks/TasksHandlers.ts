import { Api } from "@todo/domain/Api"
import { entityTag } from "@todo/domain/http/EntityTag"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { idempotent } from "../http/RequestKey.ts"
import { expectedVersions, noneMatches, versionsToChange } from "./Preconditions.ts"
import { createdResponse, pageResponse, taskResponse } from "./TaskJson.ts"
import { Tasks } from "./Tasks.ts"

/** Serves the contract's `tasks`. */
export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fn(function*(handlers) {
    const tasks = yield* Tasks
    return handlers.handleAll({
      create: idempotent(({ payload }) => Effect.map(tasks.create(payload), createdResponse)),
      list: ({ query }) => Effect.map(tasks.list(query), pageResponse),
      get: ({ headers, params }) =>
        Effect.map(
          tasks.get(params.id, expectedVersions(headers["if-match"])),
          (task) =>
            noneMatches(headers["if-none-match"], entityTag(task.version))
              ? HttpServerResponse.empty({ status: 304, headers: { etag: entityTag(task.version) } })
              : taskResponse(task)
        ),
      update: idempotent(({ headers, params, payload }) =>
        Effect.map(tasks.update(params.id, payload, versionsToChange(headers)), taskResponse)
      ),
      remove: idempotent(({ headers, params }) => tasks.remove(params.id, versionsToChange(headers)))
    })
  })
)
