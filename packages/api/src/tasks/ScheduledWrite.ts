import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Duration, Effect } from "effect"
import { makeTurns } from "../database/connections/Turns.ts"
import type { Row } from "../database/Table.ts"
import type { Refused, Write, WriteError, Written } from "../database/Write.ts"
import { asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import type { Place } from "../dates/LocalDay.ts"
import type { RequestKey } from "../http/RequestKey.ts"
import { type Schedule, scheduleOf } from "./Schedule.ts"

/** What a write is to do, as it was computed from what there is: more of its arguments. */
export type Computed = Readonly<Record<string, unknown>>

/** What a write is to do by the dates that there are, where the user is, at an instant. */
export type Compute<E> = (schedule: Schedule, place: Place, now: number) => Effect.Effect<Computed, E>

/** How often what was computed may turn out to be of something that another replica has changed. */
const attempts = 5

/** Whose turn it is to compute from a task: of many that do so at once one after the other, or each would find it changed. */
const turns = makeTurns(Duration.seconds(10))

/**
 * A write whose function says what dates there are, where they have to be computed from them, until it is told what comes
 * of those that there are. What needs nothing computed is one statement.
 */
export const scheduledWrite = <E>(
  write: Write<Row>,
  op: Readonly<Record<string, unknown>>,
  compute: Compute<E>
): Effect.Effect<Written, E | WriteError | Refused | ServiceUnavailable, CurrentUser | RequestKey> => {
  const attempt = (
    computed: Computed,
    left: number
  ): Effect.Effect<Written, E | WriteError | Refused | ServiceUnavailable, CurrentUser | RequestKey> =>
    Effect.catchTag(write({ ...op, ...computed }), "Refused", (refused) => {
      if (refused.verdict !== "stale") return Effect.fail(refused)
      if (left === 0) return unsettled
      const basis = scheduleOf(refused.thing!)
      const again = Effect.flatMap(
        asking,
        (who) =>
          compute(basis, placeOf(who, refused.thing!["place"] as SetPlace | null), who.now).pipe(
            Effect.flatMap((computed) => attempt({ ...computed, basis }, left - 1))
          )
      )
      return left < attempts ? again : Effect.flatMap(
        CurrentUser,
        ({ id }) => turns.run(`${id} ${refused.thing!.id}`, again)
      )
    })
  return attempt({}, attempts)
}

const unsettled = Effect.fail(new ServiceUnavailable({ detail: "The task changes all the time" }))
