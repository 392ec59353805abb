import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { idempotent } from "../http/RequestKey.ts"
import { SessionsRepository } from "./SessionsRepository.ts"

/** Serves the contract's `sessions`. */
export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fn(function*(handlers) {
    const sessions = yield* SessionsRepository
    return handlers.handleAll({
      list: () => Effect.map(sessions.list, (items) => ({ items })),
      end: idempotent(({ params }) => sessions.end(params.id)),
      endOthers: idempotent(() => Effect.map(sessions.endOthers, (ended) => ({ ended })))
    })
  })
)
