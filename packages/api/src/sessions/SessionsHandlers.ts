import { Api } from "@todo/domain/Api"
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
      end: (request) => keyed(request, sessions.end(request.params.id)),
      endOthers: (request) => Effect.map(keyed(request, sessions.endOthers), (ended) => ({ ended }))
    })
  })
)
