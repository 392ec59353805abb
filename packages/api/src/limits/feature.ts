import type { Feature } from "../Feature.ts"
import limitsFunctions from "./limits.sql.ts"

/** How often somebody may try something. */
export const limits = {
  functions: () => limitsFunctions,
  expires: [
    // What is full again, and clients that have not signed in for half a year.
    { table: "auth.rate_limits", at: "full_at" },
    { table: "auth.familiar_clients", at: "seen_at", after: "180 days" }
  ]
} satisfies Feature
