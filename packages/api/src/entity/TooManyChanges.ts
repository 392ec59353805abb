import { LimitReached } from "@todo/domain/http/LimitReached"
import { Effect } from "effect"
import { mostChanges } from "../database/functions/Write.sql.ts"
import type { Refused } from "../database/Write.ts"
import { type At, placeOf } from "./Refusals.ts"

/** The refusal of what would change more things than an operation may, by its verdict. */
export const changeProblems = {
  many: (_: Refused, at: At) =>
    new LimitReached({
      detail: `One operation changes ${mostChanges.toLocaleString("en")} things at the most`,
      limit: "changes",
      max: mostChanges,
      ...at
    })
}

/** The same of a write that refuses nothing else. */
export const tooManyChanges = (refused: Refused): Effect.Effect<never, LimitReached> =>
  refused.verdict === "limit"
    ? Effect.fail(changeProblems.many(refused, placeOf(refused)))
    : Effect.die(new Error(`A write was refused: ${refused.verdict}`))
