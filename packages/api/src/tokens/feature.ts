import { mostScriptTokens } from "@todo/domain/tokens/ScriptToken"
import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import tokensFunctions from "./tokens.sql.ts"
import { TokensHandlers } from "./TokensHandlers.ts"
import { TokensRepository } from "./TokensRepository.ts"

/** Tokens for scripts. */
export const tokens = {
  functions: () => tokensFunctions,
  expires: [{ table: "todo.script_tokens" }],
  limits: [{
    limit: "tokens",
    max: mostScriptTokens,
    count: "SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = me.uid AND t.expires_at > clock_timestamp()"
  }],
  handlers: Layer.provide(TokensHandlers, TokensRepository.layer)
} satisfies Feature
