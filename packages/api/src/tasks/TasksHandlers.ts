import { Api } from "@todo/domain/Api"
import type { TaskListing } from "@todo/domain/tasks/TaskPage"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { inZone, inZoneOfBody } from "../dates/Asker.ts"
import { counted, entityResponses } from "../entity/EntityResponse.ts"
import { listResponse } from "../entity/ListResponse.ts"
import { movedResponse } from "../entity/MovedResponse.ts"
import { isFiltered } from "../filter/Listed.ts"
import type { TaskListQuery } from "../filter/TaskList.ts"
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
    const filteredPage = (
      { explain = false, ...query }: TaskListing,
      headers: { readonly "if-none-match"?: string }
    ) =>
      Effect.map(tasks.listFiltered(query), (page) =>
        listResponse(
          page,
          headers["if-none-match"],
          explain ? `,"explanation":${JSON.stringify(page.explanation)}` : ""
        ))
    const dry = (filters: TaskListQuery) => Effect.map(tasks.countLive(filters), (count) => ({ count }))
    const history = (yield* Operations).on(table.noun)
    return handlers.handleAll({
      create: inZone(idempotent(({ payload }) => Effect.flatMap(tasks.create(payload), created))),
      list: inZone(({ headers, query }) =>
        query.explain === true || isFiltered(query)
          ? filteredPage(query, headers)
          : Effect.map(tasks.list(query), (page) => listResponse(page, headers["if-none-match"]))
      ),
      query: inZoneOfBody(({ headers, payload }) => filteredPage(payload, headers)),
      count: inZone(({ query }) => Effect.map(tasks.count(query), (count) => counted({ count }))),
      get: inZone(({ headers, params }) =>
        Effect.flatMap(
          tasks.get(params.id, expectedVersions(headers["if-match"])),
          (task) => found(task, headers["if-none-match"])
        )
      ),
      update: inZone(
        idempotent(({ headers, params, payload }) =>
          Effect.flatMap(tasks.update(params.id, payload, versionsToChange(headers)), updated)
        )
      ),
      move: idempotent(({ payload }) => Effect.map(tasks.move(payload), movedResponse)),
      put: inZone(
        idempotent(({ headers, params, payload }) =>
          Effect.flatMap(
            tasks.put(params.externalId, payload, versionsToChange(headers)),
            (written) => written["created"] === true ? created(written) : updated(written)
          )
        )
      ),
      tag: idempotent(({ headers, params }) =>
        Effect.flatMap(tasks.tag(params.id, params.name, versionsToChange(headers)), updated)
      ),
      untag: idempotent(({ headers, params }) =>
        Effect.flatMap(tasks.untag(params.id, params.name, versionsToChange(headers)), updated)
      ),
      history: Effect.fnUntraced(function*({ headers, params, query }) {
        const page = yield* history(params.id, query)
        // What was never on record may be there: tasks were made before there was one.
        if (page.found.length === 0) yield* Effect.catchTag(tasks.get(params.id, undefined), "TaskChanged", Effect.die)
        return listResponse(page, headers["if-none-match"])
      }),
      remove: idempotent(({ headers, params, query }) => {
        const remove = query.permanent === true ? tasks.purge : tasks.remove
        return Effect.map(remove(params.id, versionsToChange(headers)), removed)
      }),
      updateListed: inZone(
        idempotent(({ payload, query: { dryRun = false, ...filters } }) =>
          Effect.map((dryRun ? tasks.updateDry : tasks.updateListed)(filters, payload), counted)
        )
      ),
      removeListed: inZone(
        idempotent(({ query: { dryRun = false, ...filters } }) =>
          Effect.map(dryRun ? dry(filters) : tasks.removeListed(filters), counted)
        )
      )
    })
  })
)
