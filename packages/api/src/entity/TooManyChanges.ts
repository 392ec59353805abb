import { LimitReached } from "@todo/domain/http/LimitReached"
import { Effect } from "effect"
import { mostChanges } from "../database/functions/Write.sql.ts"
import type { Refused } from "../database/Write.ts"

/** The refusal of a write that would change more things than an operation may. */
export const tooManyChanges = ({ verdict }: Refused): Effect.Effect<never, LimitReached> =>
  verdict === "limit"
    ? Effect.fail(
      new LimitReached({
        detail: `One operation changes ${mostChanges.toLocaleString("en")} things at the most`,
        limit: "changes",
        max: mostChanges
      })
    )
    : Effect.die(new Error(`A write was refused: ${verdict}`))
