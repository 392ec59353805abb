import { accountsExpire } from "./accounts/expires.ts"
import { keptAnswersExpire } from "./database/expires.ts"
import { limitsExpire } from "./limits/expires.ts"
import type { Expiry } from "./sweeper/Expiry.ts"
import { tokensExpire } from "./tokens/expires.ts"

/** What of all features expires. */
export const expires: ReadonlyArray<Expiry> = [
  ...accountsExpire,
  ...limitsExpire,
  ...tokensExpire,
  ...keptAnswersExpire
]
