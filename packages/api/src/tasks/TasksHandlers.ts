import { Api } from "@todo/domain/Api"
import { entityTag } from "@todo/domain/http/EntityTag"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { keyed } from "../http/RequestKey.ts"
import { expectedVersions, noneMatches } from "./Preconditions.ts"
import { Tasks } from "./Tasks.ts"

/** Serves the contract's `tasks`. */
export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fn(function*(handlers) {
    const tasks = yield* Tasks
    return handlers.handleAll({
      create: (request) =>
        Effect.map(keyed(request, tasks.create(request.payload)), (task) =>
          HttpApiSchema.withHeaders({
            body: task,
            headers: { location: `/api/v1/tasks/${task.id}`, etag: entityTag(task.version) }
          })),
      list: ({ query }) => tasks.list(query),
      get: ({ headers, params }) =>
        Effect.map(tasks.get(params.id), (task) =>
          noneMatches(headers["if-none-match"], entityTag(task.version))
            ? HttpServerResponse.empty({ status: 304, headers: { etag: entityTag(task.version) } })
            : withTag(task)),
      update: (request) => {
        const { headers, params, payload } = request
        return Effect.map(
          keyed(request, tasks.update(params.id, payload, expectedVersions(headers["if-match"]))),
          withTag
        )
      },
      remove: (request) =>
        keyed(request, tasks.remove(request.params.id, expectedVersions(request.headers["if-match"])))
    })
  })
)

const withTag = (task: Task) => HttpApiSchema.withHeaders({ body: task, headers: { etag: entityTag(task.version) } })
