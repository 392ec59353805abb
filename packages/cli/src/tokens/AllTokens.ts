import type { ScriptTokenCursor } from "@todo/domain/tokens/ScriptTokenPage"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"

/** The user's live tokens, newest first. */
export const allTokens = Effect.fn("allTokens")(function*() {
  const tokens = yield* (yield* ApiClient).tokens
  return yield* allPages("tokens", (query: PageQuery<ScriptTokenCursor>) => tokens.list({ query }))
})
