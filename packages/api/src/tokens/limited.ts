import { mostScriptTokens } from "@todo/domain/tokens/ScriptToken"
import type { Limited } from "../usage/Limited.ts"

/** Live tokens for scripts. */
export const tokensLimited: ReadonlyArray<Limited> = [{
  limit: "tokens",
  max: mostScriptTokens,
  count: "SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = me.uid AND t.expires_at > clock_timestamp()"
}]
