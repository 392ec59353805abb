import type { ScriptTokenCursor } from "@todo/domain/tokens/ScriptTokenPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"

/** The user's live tokens, newest first. */
export const allTokens = Effect.fn("allTokens")(function*() {
  const { tokens } = yield* ApiClient
  return yield* allPages(
    "tokens",
    (query: PageQuery<ScriptTokenCursor>) => Effect.map(tokens.list({ query, headers: {} }), listed)
  )
})
