import { Api } from "@todo/domain/Api"
import type { ChangeQuery } from "@todo/domain/changes/Change"
import { maxPageBytes } from "@todo/domain/http/Page"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect, Stream } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import type { IncomingMessage } from "node:http"
import { Wakeups } from "../database/Wakeups.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { OpenStreams } from "../http/OpenStreams.ts"
import { beginning, invalidCursor, readCursor, writeCursor } from "./ChangeCursor.ts"
import { Changes } from "./Changes.ts"
import { eventStream } from "./EventStream.ts"

const defaultLimit = 50
/** More than all of a page's JSON but its items. */
const bytesBesideItems = 600

/** Serves the contract's `changes`. */
export const ChangesHandlers = HttpApiBuilder.group(
  Api,
  "changes",
  Effect.fn(function*(handlers) {
    const changes = yield* Changes
    const streams = yield* OpenStreams
    const wakeups = yield* Wakeups

    const list = Effect.fnUntraced(function*({ cursor, limit = defaultLimit }: ChangeQuery) {
      const { id: user } = yield* CurrentUser
      const from = cursor === undefined ? beginning : readCursor(user, cursor)
      if (from === undefined) return yield* invalidCursor(["query", "cursor"])
      const { items, more, place } = yield* changes.after(from, limit, maxPageBytes - bytesBesideItems)
      const page = items.map(({ json }) => json).join(",")
      return jsonResponse(200, `{"items":[${page}],"cursor":"${writeCursor(user, place)}","more":${more}}`, {})
    })

    const follow = Effect.fnUntraced(function*(path: ReadonlyArray<string>, cursor: string | undefined) {
      const user = yield* CurrentUser
      const { source } = yield* HttpServerRequest.HttpServerRequest
      const closing = yield* streams.enter(user.id, (source as IncomingMessage).socket)
      const listener = yield* wakeups.listen(user)
      const from = cursor === undefined ? yield* changes.now : readCursor(user.id, cursor)
      if (from === undefined) return yield* invalidCursor(path)
      // Whoever comes too late is told so before anything is sent.
      if (cursor !== undefined) yield* changes.after(from, 1, 0)
      return HttpServerResponse.stream(
        Stream.interruptWhen(eventStream(changes, listener, from), closing),
        { contentType: "text/event-stream", headers: unbuffered }
      )
    }, Effect.catchTag("NoPlace", ({ response }) => Effect.succeed(response)))

    return handlers.handleAll({
      list: ({ query }) => list(query),
      follow: ({ headers: { "last-event-id": last }, query }) =>
        last === undefined ? follow(["query", "cursor"], query.cursor) : follow(["headers", "last-event-id"], last)
    })
  })
)

/** Has nginx, and others who know it, pass each event on as it comes. */
const unbuffered = { "x-accel-buffering": "no" }
