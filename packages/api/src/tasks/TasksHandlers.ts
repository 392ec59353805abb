import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { Operations } from "../operations/Operations.ts"
import { tasks as table } from "./table.ts"
import { Tasks } from "./Tasks.ts"

const { created, found, removed, updated } = entityResponses(table, "/api/v1/tasks")

/** Serves the contract's `tasks`. */
export const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fn(function*(handlers) {
    const tasks = yield* Tasks
    const history = (yield* Operations).on(table.noun)
    return handlers.handleAll({
      create: idempotent(({ payload }) => Effect.map(tasks.create(payload), created)),
      list: ({ query }) => Effect.map(tasks.list(query), listResponse),
      get: ({ headers, params }) =>
        Effect.map(
          tasks.get(params.id, expectedVersions(headers["if-match"])),
          (task) => found(task, headers["if-none-match"])
        ),
      update: idempotent(({ headers, params, payload }) =>
        Effect.map(tasks.update(params.id, payload, versionsToChange(headers)), updated)
      ),
      remove: idempotent(({ headers, params }) =>
        Effect.map(tasks.remove(params.id, versionsToChange(headers)), removed)
      ),
      history: Effect.fnUntraced(function*({ params, query }) {
        const page = yield* history(params.id, query)
        // What was never on record may be there: tasks were made before there was one.
        if (page.found.length === 0) yield* Effect.catchTag(tasks.get(params.id, undefined), "TaskChanged", Effect.die)
        return listResponse(page)
      })
    })
  })
)
