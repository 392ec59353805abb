import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { inZone } from "../dates/Asker.ts"
import { counted, entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { tasks } from "../tasks/table.ts"
import { trashedTasks } from "./table.ts"
import { Trash } from "./Trash.ts"

const { found } = entityResponses(trashedTasks, "/api/v1/trash")
const { updated } = entityResponses(tasks, "/api/v1/tasks")

/** Serves the contract's `trash`. */
export const TrashHandlers = HttpApiBuilder.group(
  Api,
  "trash",
  Effect.fn(function*(handlers) {
    const trash = yield* Trash
    return handlers.handleAll({
      list: inZone(({ headers, query }) =>
        Effect.map(trash.list(query), (page) => listResponse(page, headers["if-none-match"]))
      ),
      get: inZone(({ headers, params }) =>
        Effect.flatMap(
          trash.get(params.id, expectedVersions(headers["if-match"])),
          (task) => found(task, headers["if-none-match"])
        )
      ),
      restore: inZone(
        idempotent(({ headers, params }) =>
          Effect.flatMap(trash.restore(params.id, versionsToChange(headers)), updated)
        )
      ),
      empty: idempotent(() => Effect.map(trash.empty, counted))
    })
  })
)
