import type { TrashCursor } from "@todo/domain/trash/TrashedTask"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** The tasks in the trash, the last deleted first, all or at most `limit` of them. */
export const allTrash = Effect.fn("allTrash")(function*(limit?: number) {
  const { trash } = yield* ApiClient
  return yield* allPages(
    "the trash",
    (query: PageQuery<TrashCursor>) => Effect.map(trash.list({ query, headers: {} }), listed),
    limit
  )
})
