import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { counted, entityResponses } from "../http/EntityResponse.ts"
import { listResponse } from "../http/ListResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { keyed } from "../http/RequestKey.ts"
import { Trash } from "../trash/Trash.ts"
import { tasks as table } from "./table.ts"
import { Tasks } from "./Tasks.ts"

const { created, found, removed, updated } = entityResponses(table, "/api/v1/tasks")

/** Serves the contract's `tasks`. */
export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fn(function*(handlers) {
    const tasks = yield* Tasks
    const trash = yield* Trash
    return handlers.handleAll({
      create: (request) => Effect.map(keyed(request, tasks.create(request.payload)), created),
      list: ({ query }) => Effect.map(tasks.list(query), listResponse),
      get: ({ headers, params }) =>
        Effect.map(
          tasks.get(params.id, expectedVersions(headers["if-match"])),
          (task) => found(task, headers["if-none-match"])
        ),
      update: (request) =>
        Effect.map(
          keyed(request, tasks.update(request.params.id, request.payload, versionsToChange(request.headers))),
          updated
        ),
      remove: (request) => {
        const remove = request.query.permanent === true ? trash.purge : tasks.remove
        return Effect.map(keyed(request, remove(request.params.id, versionsToChange(request.headers))), removed)
      },
      removeListed: (request) => {
        const { dryRun = false, ...filters } = request.query
        return dryRun
          ? Effect.map(trash.count(filters), (count) => counted({ count }))
          : Effect.map(keyed(request, trash.removeListed(filters)), counted)
      }
    })
  })
)
