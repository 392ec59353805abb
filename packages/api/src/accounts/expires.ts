import type { Expiry } from "../sweeper/Expiry.ts"

/** What of Better Auth's expires. A device may ask for an hour what became of its code. */
export const accountsExpire: ReadonlyArray<Expiry> = [
  { table: "auth.session", at: "expiresAt" },
  { table: "auth.verification", at: "expiresAt" },
  { table: "auth.deviceCode", at: "expiresAt", after: "1 hour" }
]
