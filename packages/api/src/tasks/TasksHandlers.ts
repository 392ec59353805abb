import { Api } from "@todo/domain/Api"
import { entityTag } from "@todo/domain/http/EntityTag"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { expectedVersions, noneMatches } from "./Preconditions.ts"
import { Tasks } from "./Tasks.ts"

/** Serves the contract's `tasks`. */
export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fn(function*(handlers) {
    const tasks = yield* Tasks
    return handlers.handleAll({
      create: ({ payload }) =>
        Effect.map(tasks.create(payload), (task) =>
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
      update: ({ headers, params, payload }) =>
        Effect.map(tasks.update(params.id, payload, expectedVersions(headers["if-match"])), withTag),
      remove: ({ headers, params }) => tasks.remove(params.id, expectedVersions(headers["if-match"]))
    })
  })
)

const withTag = (task: Task) => HttpApiSchema.withHeaders({ body: task, headers: { etag: entityTag(task.version) } })
