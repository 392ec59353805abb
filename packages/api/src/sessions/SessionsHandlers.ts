import { Api } from "@todo/domain/Api"
import { SessionNotFound } from "@todo/domain/sessions/SessionsApi"
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
      end: idempotent(({ params }) =>
        Effect.filterOrFail(
          sessions.end(params.id),
          (ended) => ended,
          () => new SessionNotFound({ detail: "You have no live session with this id" })
        ).pipe(Effect.asVoid)
      ),
      endOthers: idempotent(() => Effect.map(sessions.endOthers, (ended) => ({ ended })))
    })
  })
)
