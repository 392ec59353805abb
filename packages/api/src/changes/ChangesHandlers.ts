import { Api } from "@todo/domain/Api"
import type { ChangeQuery } from "@todo/domain/changes/Change"
import { maxPageBytes } from "@todo/domain/http/Page"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { jsonResponse } from "../http/JsonResponse.ts"
import { beginning, invalidCursor, readCursor, writeCursor } from "./ChangeCursor.ts"
import { Changes } from "./Changes.ts"

const defaultLimit = 50
/** More than all of a page's JSON but its items. */
const bytesBesideItems = 600

/** Serves the contract's `changes`. */
export const ChangesHandlers = HttpApiBuilder.group(
  Api,
  "changes",
  Effect.fn(function*(handlers) {
    const changes = yield* Changes

    const list = Effect.fnUntraced(function*({ cursor, limit = defaultLimit }: ChangeQuery) {
      const { id: user } = yield* CurrentUser
      const from = cursor === undefined ? beginning : readCursor(user, cursor)
      if (from === undefined) return yield* invalidCursor(["query", "cursor"])
      const { items, more, place } = yield* changes.after(from, limit, maxPageBytes - bytesBesideItems)
      const page = items.map(({ json }) => json).join(",")
      return jsonResponse(200, `{"items":[${page}],"cursor":"${writeCursor(user, place)}","more":${more}}`, {})
    })

    return handlers.handleAll({
      list: ({ query }) => list(query)
    })
  })
)
