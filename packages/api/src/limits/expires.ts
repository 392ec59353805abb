import type { Expiry } from "../sweeper/Expiry.ts"

/** What of limits expires: those that are full again, and clients that have not signed in for half a year. */
export const limitsExpire: ReadonlyArray<Expiry> = [
  { table: "auth.rate_limits", at: "full_at" },
  { table: "auth.familiar_clients", at: "seen_at", after: "180 days" }
]
