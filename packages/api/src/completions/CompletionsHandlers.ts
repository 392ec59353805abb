import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { asking, inZone } from "../dates/Asker.ts"
import { operationId, tagOf } from "../entity/EntityResponse.ts"
import type { WrittenThing } from "../entity/EntityStore.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { tasks } from "../tasks/table.ts"
import { Completions } from "./Completions.ts"

/** The task, and whether something was done. */
const advanced = (written: WrittenThing) =>
  Effect.map(asking, (who) =>
    jsonResponse(
      200,
      `${tasks.json(written.thing, who).slice(0, -1)},"advanced":${written.operation !== undefined}}`,
      { etag: tagOf(tasks, written.thing, who), ...operationId(written) }
    ))

/** Serves the contract's `completions`. */
export const CompletionsHandlers = HttpApiBuilder.group(
  Api,
  "completions",
  Effect.fn(function*(handlers) {
    const completions = yield* Completions
    return handlers.handleAll({
      complete: inZone(
        idempotent(({ headers, params, payload }) =>
          Effect.flatMap(completions.complete(params.id, payload ?? {}, versionsToChange(headers)), advanced)
        )
      ),
      skip: inZone(
        idempotent(({ headers, params, payload }) =>
          Effect.flatMap(completions.skip(params.id, payload ?? {}, versionsToChange(headers)), advanced)
        )
      ),
      occurrences: inZone(({ params, query }) =>
        Effect.map(
          completions.coming(params.id, query.count),
          (items) => jsonResponse(200, JSON.stringify({ items }), {})
        )
      ),
      completions: ({ headers, params, query }) =>
        Effect.map(completions.done(params.id, query), (page) => listResponse(page, headers["if-none-match"]))
    })
  })
)
