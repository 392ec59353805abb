import { Api } from "@todo/domain/Api"
import { SessionNotFound } from "@todo/domain/sessions/SessionsApi"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { keyed } from "../http/RequestKey.ts"
import { SessionsRepository } from "./SessionsRepository.ts"

/** Serves the contract's `sessions`. */
export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fn(function*(handlers) {
    const sessions = yield* SessionsRepository
    return handlers.handleAll({
      list: () => Effect.map(sessions.list, (items) => ({ items })),
      end: (request) =>
        Effect.filterOrFail(
          keyed(request, sessions.end(request.params.id)),
          (ended) => ended,
          () => new SessionNotFound({ detail: "You have no live session with this id" })
        ).pipe(Effect.asVoid),
      endOthers: (request) => Effect.map(keyed(request, sessions.endOthers), (ended) => ({ ended }))
    })
  })
)
