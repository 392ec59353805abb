import { IdTaken } from "@todo/domain/entity/EntityProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import { Effect } from "effect"
import type { Row, Table } from "../database/Table.ts"
import type { Refused } from "../database/Write.ts"

/** Which operation of a batch it is, where it is one. */
interface At {
  readonly index?: number
}

/** How a noun says that there is no such thing, and that it is at another version. */
export interface EntityProblems<NotFound, Changed> {
  readonly notFound: (at?: At) => NotFound
  readonly changed: (current: Row, at?: At) => Changed
}

const placeOf = ({ more: { index } }: Refused): At => typeof index === "number" ? { index } : {}

/** What the refusals of a noun's writes are to the client. */
export const refusals = <NotFound, Changed>(
  { most, name }: Table,
  { changed, notFound }: EntityProblems<NotFound, Changed>
) => ({
  ofCreation: (refused: Refused): Effect.Effect<never, LimitReached | IdTaken> => {
    const at = placeOf(refused)
    switch (refused.verdict) {
      case "limit":
        return Effect.fail(
          new LimitReached({
            detail: `You have ${most.toLocaleString("en")} ${name}: delete some for good first`,
            limit: name,
            max: most,
            ...at
          })
        )
      case "taken":
        return Effect.fail(new IdTaken({ detail: "Another thing has this id, or had it", ...at }))
      default:
        return Effect.die(new Error(`A creation of ${name} was refused: ${refused.verdict}`))
    }
  },
  ofChange: (refused: Refused): Effect.Effect<never, NotFound | Changed> => {
    switch (refused.verdict) {
      case "absent":
        return Effect.fail(notFound(placeOf(refused)))
      case "changed":
        return Effect.fail(changed(refused.thing!, placeOf(refused)))
      default:
        return Effect.die(new Error(`A write of ${name} was refused: ${refused.verdict}`))
    }
  }
})
