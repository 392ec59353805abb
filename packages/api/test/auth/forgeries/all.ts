import { claimForgeries } from "./claims.ts"
import type { Forgery } from "./Forgery.ts"
import { headerForgeries } from "./headers.ts"
import { signatureForgeries, spellingForgeries } from "./signatures.ts"

/** RFC 8725's list and jwt_tool's: all are refused. */
export const forgeries: ReadonlyArray<Forgery> = [
  ...claimForgeries,
  ...headerForgeries,
  ...signatureForgeries,
  ...spellingForgeries
]
