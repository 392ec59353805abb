import type { ScriptToken } from "@todo/domain/tokens/ScriptToken"
import type { ScriptTokenCursor, ScriptTokenPage } from "@todo/domain/tokens/ScriptTokenPage"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"

/** The most that the service gives in one answer. */
const limit = 200

/** The user's live tokens, newest first, page after page. A service that repeats a cursor is not asked for ever. */
export const allTokens = Effect.fn("allTokens")(function*() {
  const client = yield* (yield* ApiClient).tokens
  const tokens: Array<ScriptToken> = []
  const seen = new Set<ScriptTokenCursor | null>([null])
  let cursor: ScriptTokenCursor | null = null
  do {
    seen.add(cursor)
    const page: ScriptTokenPage = yield* client.list({ query: { limit, ...(cursor === null ? {} : { cursor }) } })
    tokens.push(...page.items)
    cursor = page.nextCursor
  } while (!seen.has(cursor))
  return tokens
})
