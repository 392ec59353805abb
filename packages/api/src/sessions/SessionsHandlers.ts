import { Api } from "@todo/domain/Api"
import { SessionList } from "@todo/domain/sessions/Session"
import { Effect, Schema } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { taggedList } from "../http/ListTag.ts"
import { idempotent } from "../http/RequestKey.ts"
import { SessionsRepository } from "./SessionsRepository.ts"

const encode = Schema.encodeSync(SessionList)

/** Serves the contract's `sessions`. */
export const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fn(function*(handlers) {
    const sessions = yield* SessionsRepository
    return handlers.handleAll({
      list: ({ headers }) =>
        Effect.map(
          sessions.list,
          (items) => taggedList(JSON.stringify(encode({ items })), headers["if-none-match"])
        ),
      end: idempotent(({ params }) => sessions.end(params.id)),
      endOthers: idempotent(() => Effect.map(sessions.endOthers, (ended) => ({ ended })))
    })
  })
)
