import { mostSessions } from "@todo/domain/sessions/Session"
import type { Limited } from "../usage/Limited.ts"

/** Live sessions. */
export const sessionsLimited: ReadonlyArray<Limited> = [{
  limit: "sessions",
  max: mostSessions,
  count: `SELECT count(*) FROM auth."session" s WHERE s."userId" = me.uid AND s."expiresAt" > clock_timestamp()`
}]
