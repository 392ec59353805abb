import type { Expiry } from "../sweeper/Expiry.ts"

/** Tokens for scripts that ended long ago. */
export const tokensExpire: ReadonlyArray<Expiry> = [{ table: "todo.script_tokens" }]
