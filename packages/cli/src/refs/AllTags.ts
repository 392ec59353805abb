import type { TagCursor } from "@todo/domain/tags/TagPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** The user's tags, by name. */
export const allTags = Effect.fn("allTags")(function*() {
  const { tags } = yield* ApiClient
  return yield* allPages("tags", (query: PageQuery<TagCursor>) => Effect.map(tags.list({ query, headers: {} }), listed))
})
