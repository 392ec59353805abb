import { IdTaken } from "@todo/domain/entity/EntityProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import { Effect } from "effect"
import type { Row, Table } from "../database/Table.ts"
import type { Refused } from "../database/Write.ts"
import { type Asking, asking } from "../dates/Asker.ts"

/** Which operation of a batch it is, where it is one. */
export interface At {
  readonly index?: number
}

/**
 * How a noun says that there is no such thing, that it is at another version, and what else its own rules refuse: by the
 * verdict that they leave, with what else the function says.
 */
export interface EntityProblems<NotFound, Changed, Ruled = never> {
  readonly notFound: (at?: At) => NotFound
  readonly changed: (current: Row, asking: Asking, at?: At) => Changed
  readonly ruled?: Readonly<Record<string, (refused: Refused, at: At) => Ruled>>
}

/** What else is refused, by its verdicts. */
type Rulings = Readonly<Record<string, (refused: Refused, at: At) => unknown>>

/** The same problems, and those of rules. */
export const ruledBy = <NotFound, Changed, R extends Rulings>(
  problems: EntityProblems<NotFound, Changed>,
  ruled: R
): EntityProblems<NotFound, Changed, ReturnType<R[keyof R]>> => ({
  ...problems,
  ruled: ruled as Readonly<Record<string, (refused: Refused, at: At) => ReturnType<R[keyof R]>>>
})

/** Where in a batch what was refused is. */
export const placeOf = ({ more: { index } }: Refused): At => typeof index === "number" ? { index } : {}

/** What the refusals of a noun's writes are to the client. */
export const refusals = <NotFound, Changed, Ruled = never>(
  { most, name }: Table,
  { changed, notFound, ruled = {} }: EntityProblems<NotFound, Changed, Ruled>
) => {
  const unforeseen = ({ verdict }: Refused) => Effect.die(new Error(`A write of ${name} was refused: ${verdict}`))
  const otherwise = (refused: Refused): Effect.Effect<never, Ruled> => {
    const rule = ruled[refused.verdict]
    return rule === undefined ? unforeseen(refused) : Effect.fail(rule(refused, placeOf(refused)))
  }
  const changedNow = (thing: Row, at: At) => Effect.flatMap(asking, (who) => Effect.fail(changed(thing, who, at)))
  const ofWrite = (refused: Refused): Effect.Effect<never, NotFound | Changed> | undefined => {
    switch (refused.verdict) {
      case "absent":
        return Effect.fail(notFound(placeOf(refused)))
      case "changed":
        return changedNow(refused.thing!, placeOf(refused))
      default:
        return undefined
    }
  }
  return {
    ofCreation: (refused: Refused): Effect.Effect<never, LimitReached | IdTaken | Ruled> => {
      const at = placeOf(refused)
      switch (refused.verdict) {
        case "limit":
          return Effect.fail(
            new LimitReached({
              detail: `You have ${most!.toLocaleString("en")} ${name}: delete some for good first`,
              limit: name,
              max: most!,
              ...at
            })
          )
        case "taken":
          return Effect.fail(new IdTaken({ detail: "Another thing has this id, or had it", ...at }))
        default:
          return otherwise(refused)
      }
    },
    ofChange: (refused: Refused): Effect.Effect<never, NotFound | Changed | Ruled> =>
      ofWrite(refused) ?? otherwise(refused),
    /** Of a noun whose things may be removed whatever else is as it is. */
    ofRemoval: (refused: Refused): Effect.Effect<never, NotFound | Changed> => ofWrite(refused) ?? unforeseen(refused)
  }
}
