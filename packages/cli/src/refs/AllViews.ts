import type { ViewCursor } from "@todo/domain/views/ViewPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** The user's views, in their order. */
export const allViews = Effect.fn("allViews")(function*() {
  const { views } = yield* ApiClient
  return yield* allPages(
    "views",
    (page: PageQuery<ViewCursor>) => Effect.map(views.list({ query: page, headers: {} }), listed)
  )
})
